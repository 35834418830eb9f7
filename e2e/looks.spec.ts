import { areas } from "../lib/areas.ts";
import type { Area } from "../lib/shared/define-area.ts";
import { type Browser, filled, signedInAs } from "./browser.ts";
import { expect, test } from "./fixtures.ts";
import { idOf, newWord, type Places, placed, targetsIn } from "./setup/cast.ts";
import { inDatabase } from "./setup/database.ts";
import { layoutFaults } from "./setup/looks.ts";
import { enterAs } from "./setup/stage.ts";
import { newOwner } from "./setup/test-data.ts";

test.describe.configure({ mode: "parallel" });

const hard = "Güterverkehrsgesellschaft 🚢 مستودع ";
const longest = (word: string) => `${word} ${hard}${"W".repeat(64)}`.trim().slice(0, 64);

const entrances = ["sign-in", "create-account", "create-account/sent", "recover", "recover/sent", "google/refused", "nothing-here"];
const links = ["verify", "verify/email", "reset", "invite", "invite/login"];
const dialogs = ["email", "notifications", "end-sessions", "organization", "export", "delete", "passkey", "password"];

type Fields = Parameters<typeof filled>[1];

async function submit(boss: Browser, path: string, button: string, fields: Fields) {
  expect((await boss.send(filled(await boss.formOn(path, button), fields))).status, `${button} at ${path}`).toBe(303);
}

let owner: ReturnType<typeof createOwnerOfLongNames> | undefined;
/** One for all tests of a worker: they only look. */
const ownerOfLongNames = (baseURL: string | undefined) => (owner ??= createOwnerOfLongNames(baseURL));

/** A Super User whose organization, sites and people have the longest names there are, and the ids of its rows. */
async function createOwnerOfLongNames(baseURL: string | undefined) {
  const owner = await newOwner("looks");
  await inDatabase((sql) => sql`update organizations set name = ${longest("")} where id = ${owner.orgId}`);
  const boss = await signedInAs(baseURL, owner.email);
  const path = `/orgs/${owner.orgId}`;
  const organization = { id: owner.orgId, name: "Tidewater Retail" as const, path, boss };
  const word = newWord("l");
  const email = `${word}${"w".repeat(60 - word.length)}@${"example-".repeat(6)}example.test`;
  const site = { name: longest(word), country: "BA", timeZone: "America/Argentina/ComodRivadavia", groups: `${longest(word)}, ${longest("b")}` };
  const person = { email, firstName: longest("f"), lastName: longest("l"), role: "observer", scope: "all" };
  await submit(boss, `${path}/sites/new`, "Create Site", site);
  await submit(boss, `${path}/administrators/invite`, "Invite", person);
  const places: Places = {
    ...(await targetsIn(organization)),
    site: await idOf(organization, "sites", word),
    invitation: await idOf(organization, "administrators", word),
    member: await idOf(organization, "administrators", owner.email),
  };
  return { boss, path, places };
}

async function expectNoFaults(open: (path: string) => Promise<string[]>, paths: readonly string[]) {
  const faults: string[] = [];
  for (const path of paths) faults.push(...(await open(path)).map((fault) => `${path}: ${fault}`));
  expect(faults).toEqual([]);
}

const rules = "WCAG 1.4.10, 1.4.11, 1.4.12, 2.4.11, 2.5.8";

test(`${rules}: the pages for visitors fit every screen`, async ({ page }) => {
  const paths = [...entrances, ...links.map((kind) => `${kind}/none`)].map((path) => `/${path}`);
  await expectNoFaults(async (path) => (await page.goto(path), layoutFaults(page)), paths);
});

test(`${rules}: the pages of an account fit every screen`, async ({ page, baseURL }) => {
  const { boss } = await ownerOfLongNames(baseURL);
  await enterAs(page, boss);
  const paths = ["/orgs", "/orgs/new", "/account", "/account/two-factor", ...dialogs.map((name) => `/account?dialog=${name}`)];
  await expectNoFaults(async (path) => (await page.goto(path), layoutFaults(page)), paths);
});

for (const { name, pages = {}, actions = {} } of areas as readonly Area[]) {
  const seen = Object.entries(pages).map(([route, { path = route }]) => path);
  const asked = Object.values(actions).flatMap(({ page }) => (page.includes("dialog=") ? [page] : []));
  const lists = seen.filter((path) => path !== "" && !path.includes("/")).map((path) => `${path}?search=nowhere`);
  if (seen.length + asked.length === 0) continue;
  test(`${rules}: the pages of ${name} fit every screen`, async ({ page, baseURL }) => {
    const { boss, path, places } = await ownerOfLongNames(baseURL);
    await enterAs(page, boss);
    const paths = [...seen, ...asked, ...lists].map((at) => `${path}/${placed(at, places)}`.replace(/\/$/, ""));
    await expectNoFaults(async (at) => (await page.goto(at), layoutFaults(page)), paths);
  });
}

test("WCAG 1.4.11: in forced colors a control that is on differs from one that is off", async ({ page, baseURL }) => {
  const owner = await newOwner("looks");
  await enterAs(page, await signedInAs(baseURL, owner.email));
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto("/account?dialog=notifications");
  const first = page.getByRole("switch").first();
  const off = await first.screenshot();
  await first.click();
  await expect(first).toHaveAttribute("aria-checked", "true");
  await first.blur();
  expect((await first.screenshot()).equals(off)).toBe(false);
  await page.goto("/account");
  for (const box of [page.locator("[type=radio]").nth(1), page.locator("[type=checkbox]").first()]) {
    await expect(box).not.toBeChecked();
    const empty = await box.screenshot();
    await box.check();
    expect((await box.screenshot()).equals(empty)).toBe(false);
  }
});
