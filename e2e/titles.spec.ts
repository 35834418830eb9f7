import { newBrowser, signedInAs } from "./browser.ts";
import { expect, test } from "./fixtures.ts";
import { placed, targetsIn } from "./setup/cast.ts";
import { inDatabase } from "./setup/database.ts";
import { pages } from "./setup/grid.ts";
import { signIn } from "./setup/stage.ts";
import { addSites, newOwner, type Owner } from "./setup/test-data.ts";

const product = "Signalbox";
const plain = (html: string) => html.replaceAll(/<a .*?<\/a>|<span.*?<\/span>|<[^>]*>/gs, "").replaceAll("&#x27;", "'").trim();

function titleOf(body: string, at: string) {
  const [, head = ""] = /<head>(.*?)<\/head>/s.exec(body) ?? [];
  const titles = [...head.matchAll(/<title>(.*?)<\/title>/g)].map(([, title = ""]) => plain(title));
  const [, heading = ""] = /<h1[^>]*>(.*?)<\/h1>/s.exec(body) ?? [];
  expect([at, titles.length]).toEqual([at, 1]);
  return { title: titles[0] ?? "", heading: plain(heading) };
}

async function newSite(owner: Owner) {
  const [id] = await addSites(owner, [{ name: "Mitte" }]);
  return id;
}

const memberOf = ({ accountId }: Owner) =>
  inDatabase(async (sql) => String((await sql<{ id: string }[]>`select id from memberships where account_id = ${accountId}`)[0]?.id));

const inside = Object.entries(pages).flatMap(([file, { at, permission }]) => (file.endsWith("page.tsx") && permission && at ? [at] : []));
const own = ["/account", "/account/two-factor", "/account/two-factor/codes", "/orgs", "/orgs/new", "/mailbox", "/nowhere"];
const outside = ["/sign-in", "/sign-in/code", "/create-account", "/recover", "/google/refused", "/google/refused?why=suspended", "/reset/x"];

test("X-10 (WCAG 2.4.2): every page has a title of its own that begins with what it shows", async ({ baseURL }) => {
  const owner = await newOwner("titles");
  const [browser, stranger] = [await signedInAs(baseURL, owner.email), newBrowser(baseURL)];
  const organization = { id: owner.orgId, name: "Tidewater Retail" as const, path: `/orgs/${owner.orgId}`, boss: browser };
  const places = { ...(await targetsIn(organization)), site: await newSite(owner), member: await memberOf(owner) };
  const seen = new Map<string, string>();
  const look = async (who: typeof browser, at: string) => {
    const { body } = await who.get(at);
    const { title, heading } = titleOf(body, at);
    expect([at, heading === "" || title.startsWith(heading), title.endsWith(product)]).toEqual([at, true, true]);
    expect([at, seen.get(title)]).toEqual([at, undefined]);
    seen.set(title, at);
    return title;
  };
  for (const at of inside) {
    const title = await look(browser, `/orgs/${owner.orgId}/${placed(at, places)}`);
    expect(title.endsWith(` · ${owner.organization} · ${product}`), title).toBe(true);
  }
  for (const at of own) await look(browser, at);
  for (const at of outside) await look(stranger, at);
  expect([...seen.keys()]).toContain(`Mitte · Site Configuration · ${owner.organization} · ${product}`);
});

test("X-10 (WCAG 2.4.2): on the way through the portal the title follows, and an open window comes first", async ({ page }) => {
  const owner = await newOwner("titles");
  await newSite(owner);
  const rest = `${owner.organization} · ${product}`;
  await page.goto("/sign-in");
  await expect(page).toHaveTitle("Sign in to Signalbox");
  await signIn(page, owner.email);
  await expect(page).toHaveTitle(`Site Configuration · ${rest}`);
  await page.getByRole("link", { name: "Mitte" }).click();
  await expect(page).toHaveTitle(`Mitte · Site Configuration · ${rest}`);
  await page.getByRole("link", { name: "Delete Site" }).click();
  await expect(page).toHaveTitle(`Delete Mitte · Mitte · Site Configuration · ${rest}`);
  await page.keyboard.press("Escape");
  await expect(page).toHaveTitle(`Mitte · Site Configuration · ${rest}`);
  await page.getByRole("link", { name: "Audit Logs" }).click();
  await expect(page).toHaveTitle(`Audit Logs · ${rest}`);
  await page.goto(`/orgs/${owner.orgId}/sites/${crypto.randomUUID()}`);
  await expect(page).toHaveTitle(`Not found · ${rest}`);
});
