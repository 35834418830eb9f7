import { areas } from "../lib/areas.ts";
import type { Area } from "../lib/shared/define-area.ts";
import { signedInClient } from "./setup/http-client.ts";
import { expect, test } from "./fixtures.ts";
import { createTargets, findRowId, newOrganization, pathWithIds, submitForm, submitInvitation, type TargetIds } from "./setup/organizations.ts";
import { inDatabase } from "./setup/database.ts";
import { layoutFaults } from "./setup/layout-faults.ts";
import { copyCookies } from "./setup/pages.ts";
import { newOwner } from "./setup/test-data.ts";
import { uniqueWord } from "./setup/unique.ts";

test.describe.configure({ mode: "parallel" });

const unicode = "Güterverkehrsgesellschaft 🚢 مستودع ";
const longestName = (word: string) => `${word} ${unicode}${"W".repeat(64)}`.trim().slice(0, 64);

const visitorPages = ["sign-in", "create-account", "recover", "recover/sent", "terms", "privacy", "invite/declined", "google/refused", "nothing-here"];
const links = ["verify", "verify/email", "reset", "invite"];
const dialogs = ["email", "notifications", "end-sessions", "organization", "export", "delete", "passkey", "password"];

let owner: ReturnType<typeof createOwnerOfLongNames> | undefined;
/** One for all tests of a worker, because they change nothing. */
const ownerOfLongNames = (baseURL: string | undefined) => (owner ??= createOwnerOfLongNames(baseURL));

/** A Super User whose organization, sites and members have names of maximum length, and the ids of their rows. */
async function createOwnerOfLongNames(baseURL: string | undefined) {
  const { owner, ...created } = await newOrganization(baseURL, "layout");
  const organization = { ...created, name: "Tidewater Retail" as const };
  await inDatabase((sql) => sql`update organizations set name = ${longestName("")} where id = ${organization.id}`);
  const word = uniqueWord("l");
  const email = `${word}${"w".repeat(60 - word.length)}@${"example-".repeat(6)}example.test`;
  const site = { name: longestName(word), country: "BA", timeZone: "America/Argentina/ComodRivadavia", groups: `${longestName(word)}, ${longestName("b")}` };
  await submitForm(organization, "sites/new", "Create Site", site);
  await submitInvitation(organization, email, { firstName: longestName("f"), lastName: longestName("l") });
  const ids: TargetIds = {
    ...(await createTargets(organization)),
    site: await findRowId(organization, "sites", word),
    invitation: await findRowId(organization, "administrators", word),
    member: await findRowId(organization, "administrators", owner.email),
  };
  return { ...organization, ids };
}

async function expectNoFaults(open: (path: string) => Promise<string[]>, paths: readonly string[]) {
  const faults: string[] = [];
  for (const path of paths) faults.push(...(await open(path)).map((fault) => `${path}: ${fault}`));
  expect(faults).toEqual([]);
}

const rules = "WCAG 1.4.10, 1.4.11, 1.4.12, 2.4.11, 2.5.8";

test(`${rules}: the pages for visitors fit every viewport`, async ({ page }) => {
  const paths = [...visitorPages, ...links.map((kind) => `${kind}/none`)].map((path) => `/${path}`);
  await expectNoFaults(async (path) => (await page.goto(path), layoutFaults(page)), paths);
});

test(`${rules}: the pages of an account fit every viewport`, async ({ page, baseURL }) => {
  const { superUser } = await ownerOfLongNames(baseURL);
  await copyCookies(page, superUser);
  const paths = ["/orgs", "/orgs/new", "/account", "/account/two-factor", ...dialogs.map((name) => `/account?dialog=${name}`)];
  await expectNoFaults(async (path) => (await page.goto(path), layoutFaults(page)), paths);
});

for (const { name, pages = {}, actions = {} } of areas as readonly Area[]) {
  const listed = Object.entries(pages).map(([route, { path = route }]) => path);
  const dialogPages = Object.values(actions).flatMap(({ page }) => (page.includes("dialog=") ? [page] : []));
  const lists = listed.filter((path) => path !== "" && !path.includes("/")).map((path) => `${path}?search=nowhere`);
  if (listed.length + dialogPages.length === 0) continue;
  test(`${rules}: the pages of ${name} fit every viewport`, async ({ page, baseURL }) => {
    const { superUser, path, ids } = await ownerOfLongNames(baseURL);
    await copyCookies(page, superUser);
    const paths = [...listed, ...dialogPages, ...lists].map((at) => `${path}/${pathWithIds(at, ids)}`.replace(/\/$/, ""));
    await expectNoFaults(async (at) => (await page.goto(at), layoutFaults(page)), paths);
  });
}

test("WCAG 1.4.11: in forced colors a checked control differs from an unchecked one", async ({ page, baseURL }) => {
  const owner = await newOwner("layout");
  await copyCookies(page, await signedInClient(baseURL, owner.email));
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
