import type { Page } from "@playwright/test";
import type { Shot } from "./pages.ts";
import type { Beside } from "./portal.ts";

const jonas = "jonas.lind@tidewater.example";
const camille = "camille.laurent@tidewater.example";

/** Whose organization asks for a second factor that they have not set up; they exist in pictures alone. */
export const ines = "ines.vance@quayside.example";

/** Makes that person, with the password of the demo world. */
export const bringIn = (beside: Beside) =>
  beside(async (sql) => {
    const [organization] = await sql`insert into organizations (id, name, two_factor_required) values (gen_random_uuid(), 'Quayside Clinics', true) returning id`;
    const [account] = await sql`insert into accounts (id, email, first_name, last_name, password_hash, password_changed_at, analytics_allowed, terms_accepted_at)
      select gen_random_uuid(), ${ines}, 'Ines', 'Vance', password_hash, now(), 'no', now() from accounts where email = ${jonas} returning id`;
    await sql`insert into memberships (id, organization_id, account_id, email, first_name, last_name, role, scope, accepted_at)
      values (gen_random_uuid(), ${organization?.id}, ${account?.id}, ${ines}, 'Ines', 'Vance', 'super_user', 'all', now())`;
  });

/** A passkey that stands in a list and is offered, though no device has it. */
export const giveKey = (beside: Beside, email: string) =>
  beside((sql) => sql`insert into passkeys (id, account_id, credential_id, public_key, counter, transports, backed_up, name, last_used_at)
    select gen_random_uuid(), id, sha256(email::bytea), ''::bytea, 0, '{}', true, 'Firefox on Windows', now() - interval '3 hours'
    from accounts where email = ${email} on conflict do nothing`);

export const takeKey = (beside: Beside, email: string) =>
  beside((sql) => sql`delete from passkeys where account_id = (select id from accounts where email = ${email})`);

/** As eleven minutes after the last proof. */
const grownStale = async (page: Page, beside: Beside) => {
  await beside((sql) => sql`update sessions set confirmed_at = now() - interval '11 minutes' where account_id = (select id from accounts where email = ${jonas})`);
  await page.reload();
};

const withoutKey = async (page: Page, beside: Beside) => {
  await takeKey(beside, jonas);
  await grownStale(page, beside);
};

const withKey = async (page: Page, beside: Beside) => {
  await giveKey(beside, jonas);
  await grownStale(page, beside);
};

const refused = async (page: Page, beside: Beside) => {
  await withKey(page, beside);
  await page.locator("dialog [name=password]").fill("not the password");
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await page.locator("dialog [aria-invalid=true]").waitFor();
};

const beforeTheKey = async (page: Page, beside: Beside) => {
  const begin = page.getByRole("button", { name: "Begin", exact: true });
  if ((await begin.count()) > 0) {
    await begin.click();
    await page.locator("main [name=code], main [name=password]").first().waitFor();
  }
  await grownStale(page, beside);
};

/** Saves another address in a second window, and then one in the first, which the site has moved away from. */
export const comeSecond = async (page: Page) => {
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.locator("[name=address]").fill(`Quai Perrache ${Date.now() % 90}`);
  await other.getByRole("button", { name: "Save" }).click();
  await other.getByText("Site saved").waitFor();
  await other.close();
  await page.locator("[name=address]").fill("Rue Vauban 4");
  await page.getByRole("button", { name: "Save" }).click();
  await page.locator("[aria-invalid=true], [data-form-error]").first().waitFor();
};

const as = (who: string, shots: Shot[]) => shots.map((shot) => ({ ...shot, who }));

/** What stands between a person and what is sensitive. */
export const securityShots: readonly Shot[] = [
  ...as(ines, [{ name: "two-factor-required", at: "/account" }]),
  ...as(camille, [
    { name: "account-email-pending", at: "/account", fold: true },
    { name: "verify-email-own", at: "/verify/email/[newAddress]" },
  ]),
  ...as(jonas, [
    { name: "account-ways-none", at: "/account?dialog=login-methods", act: withoutKey, fold: true },
    { name: "account-confirm", at: "/account?dialog=email", act: withoutKey, fold: true },
    { name: "account-confirm-passkey", at: "/account?dialog=email", act: withKey, fold: true },
    { name: "account-confirm-refused", at: "/account?dialog=email", act: refused, fold: true },
    { name: "account-confirm-page", at: "/account/two-factor", act: beforeTheKey },
  ]),
];
