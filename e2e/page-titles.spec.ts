import { newHttpClient, signedInClient } from "./setup/http-client.ts";
import { expect, test } from "./fixtures.ts";
import { pathWithIds, createTargets } from "./setup/organizations.ts";
import { inDatabase } from "./setup/database.ts";
import { pages } from "./setup/access-grid.ts";
import { signIn } from "./setup/pages.ts";
import { addSites, newOwner, type Owner } from "./setup/test-data.ts";

const product = "Signalbox";
const textOf = (html: string) => html.replaceAll(/<a .*?<\/a>|<span.*?<\/span>|<[^>]*>/gs, "").replaceAll("&#x27;", "'").trim();

function titleOf(body: string, at: string) {
  const [, head = ""] = /<head>(.*?)<\/head>/s.exec(body) ?? [];
  const titles = [...head.matchAll(/<title>(.*?)<\/title>/g)].map(([, title = ""]) => textOf(title));
  const [, heading = ""] = /<h1[^>]*>(.*?)<\/h1>/s.exec(body) ?? [];
  expect([at, titles.length]).toEqual([at, 1]);
  return { title: titles[0] ?? "", heading: textOf(heading) };
}

async function newSite(owner: Owner) {
  const [id] = await addSites(owner, [{ name: "Mitte" }]);
  return id;
}

const memberOf = ({ accountId }: Owner) =>
  inDatabase(async (sql) => String((await sql<{ id: string }[]>`select id from memberships where account_id = ${accountId}`)[0]?.id));

const orgPages = Object.entries(pages).flatMap(([file, { at, permission }]) => (file.endsWith("page.tsx") && permission && at ? [at] : []));
const accountPages = ["/account", "/account/two-factor", "/account/two-factor/codes", "/orgs", "/orgs/new", "/mailbox", "/nowhere"];
const visitorPages = ["/sign-in", "/sign-in/code", "/create-account", "/terms", "/privacy", "/invite/declined", "/recover", "/google/refused", "/google/refused?why=suspended", "/reset/x"];

test("X-10 (WCAG 2.4.2): every page has a unique title that begins with its heading", async ({ baseURL }) => {
  const owner = await newOwner("titles");
  const [client, visitor] = [await signedInClient(baseURL, owner.email), newHttpClient(baseURL)];
  const organization = { id: owner.orgId, name: "Tidewater Retail" as const, path: `/orgs/${owner.orgId}`, superUser: client };
  const ids = { ...(await createTargets(organization)), site: await newSite(owner), member: await memberOf(owner) };
  const seen = new Map<string, string>();
  const checkTitle = async (from: typeof client, at: string) => {
    const { body } = await from.get(at);
    const { title, heading } = titleOf(body, at);
    expect([at, heading === "" || title.startsWith(heading), title.endsWith(product)]).toEqual([at, true, true]);
    expect([at, seen.get(title)]).toEqual([at, undefined]);
    seen.set(title, at);
    return title;
  };
  for (const at of orgPages) {
    const title = await checkTitle(client, `/orgs/${owner.orgId}/${pathWithIds(at, ids)}`);
    expect(title.endsWith(` · ${owner.organization} · ${product}`), title).toBe(true);
  }
  for (const at of accountPages) await checkTitle(client, at);
  for (const at of visitorPages) await checkTitle(visitor, at);
  expect([...seen.keys()]).toContain(`Mitte · Site Configuration · ${owner.organization} · ${product}`);
});

test("X-10 (WCAG 2.4.2): the title follows navigation and begins with an open dialog", async ({ page }) => {
  const owner = await newOwner("titles");
  await newSite(owner);
  const rest = `${owner.organization} · ${product}`;
  await page.goto("/sign-in");
  await expect(page).toHaveTitle("Sign in to Signalbox");
  await signIn(page, owner.email);
  await expect(page).toHaveTitle(`Overview · ${rest}`);
  await page.getByRole("link", { name: "Site Configuration" }).click();
  await expect(page).toHaveTitle(`Site Configuration · ${rest}`);
  await page.getByRole("link", { name: "Mitte" }).click();
  await expect(page).toHaveTitle(`Mitte · Site Configuration · ${rest}`);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("link", { name: "Delete Site" }).click();
  await expect(page).toHaveTitle(`Delete Mitte? · Mitte · Site Configuration · ${rest}`);
  await page.keyboard.press("Escape");
  await expect(page).toHaveTitle(`Mitte · Site Configuration · ${rest}`);
  await page.getByRole("link", { name: "Audit Logs" }).click();
  await expect(page).toHaveTitle(`Audit Logs · ${rest}`);
  await page.goto(`/orgs/${owner.orgId}/sites/${crypto.randomUUID()}`);
  await expect(page).toHaveTitle(`Not found · ${rest}`);
});
