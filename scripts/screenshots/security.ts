import type { Page } from "@playwright/test";
import type { Shot } from "./pages.ts";
import type { Beside } from "./portal.ts";

const jonas = "jonas.lind@tidewater.example";
const camille = "camille.laurent@tidewater.example";

/** A person whose organization requires two-factor authentication, which they have not set up. */
export const ines = "ines.vance@quayside.example";

/** Creates that person with the demo password. */
export const bringIn = (runSql: Beside) =>
  runSql(async (sql) => {
    const [organization] = await sql`insert into organizations (id, name, two_factor_required) values (gen_random_uuid(), 'Quayside Clinics', true) returning id`;
    const [account] = await sql`insert into accounts (id, email, first_name, last_name, password_hash, password_changed_at, analytics_allowed, terms_accepted_at)
      select gen_random_uuid(), ${ines}, 'Ines', 'Vance', password_hash, now(), 'no', now() from accounts where email = ${jonas} returning id`;
    await sql`insert into memberships (id, organization_id, account_id, email, first_name, last_name, role, scope, accepted_at)
      values (gen_random_uuid(), ${organization?.id}, ${account?.id}, ${ines}, 'Ines', 'Vance', 'super_user', 'all', now())`;
  });

/** Inserts a passkey that no authenticator has. */
export const giveKey = (runSql: Beside, email: string) =>
  runSql((sql) => sql`insert into passkeys (id, account_id, credential_id, public_key, counter, transports, backed_up, name, last_used_at)
    select gen_random_uuid(), id, sha256(email::bytea), ''::bytea, 0, '{}', true, 'Firefox on Windows', now() - interval '3 hours'
    from accounts where email = ${email} on conflict do nothing`);

export const takeKey = (runSql: Beside, email: string) =>
  runSql((sql) => sql`delete from passkeys where account_id = (select id from accounts where email = ${email})`);

/** Ages the last proof of identity beyond ten minutes. */
const expireReauthentication = async (page: Page, runSql: Beside) => {
  await runSql((sql) => sql`update sessions set confirmed_at = now() - interval '11 minutes' where account_id = (select id from accounts where email = ${jonas})`);
  await page.reload();
};

const withoutPasskey = async (page: Page, runSql: Beside) => {
  await takeKey(runSql, jonas);
  await expireReauthentication(page, runSql);
};

const withPasskey = async (page: Page, runSql: Beside) => {
  await giveKey(runSql, jonas);
  await expireReauthentication(page, runSql);
};

const wrongPassword = async (page: Page, runSql: Beside) => {
  await withPasskey(page, runSql);
  await page.locator("dialog [name=password]").fill("not the password");
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await page.locator("dialog [aria-invalid=true]").waitFor();
};

const beforeTotpSetup = async (page: Page, runSql: Beside) => {
  const begin = page.getByRole("button", { name: "Begin", exact: true });
  if ((await begin.count()) > 0) {
    await begin.click();
    await page.locator("main [name=code], main [name=password]").first().waitFor();
  }
  await expireReauthentication(page, runSql);
};

/** Saves the site in a second tab first, so that saving in the first tab shows the conflict. */
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

/** Screenshots of reauthentication and required second factors. */
export const securityShots: readonly Shot[] = [
  ...as(ines, [{ name: "two-factor-required", at: "/account" }]),
  ...as(camille, [
    { name: "account-email-pending", at: "/account", fold: true },
    { name: "verify-email-own", at: "/verify/email/[newAddress]" },
  ]),
  ...as(jonas, [
    { name: "account-ways-none", at: "/account?dialog=login-methods", act: withoutPasskey, fold: true },
    { name: "account-confirm", at: "/account?dialog=email", act: withoutPasskey, fold: true },
    { name: "account-confirm-passkey", at: "/account?dialog=email", act: withPasskey, fold: true },
    { name: "account-confirm-refused", at: "/account?dialog=email", act: wrongPassword, fold: true },
    { name: "account-confirm-page", at: "/account/two-factor", act: beforeTotpSetup },
  ]),
];
