import type { Page } from "@playwright/test";
import type { Screenshot } from "./pages.ts";
import type { RunSql } from "./portal.ts";

const jonas = "jonas.lind@tidewater.example";
const camille = "camille.laurent@tidewater.example";

/** A person whose organization requires two-factor authentication, which they have not set up. */
export const accountRequiring2fa = "ines.vance@quayside.example";

/** Creates that person with the demo password. */
export const createAccountRequiring2fa = (runSql: RunSql) =>
  runSql(async (sql) => {
    const [organization] = await sql`insert into organizations (id, name, settings) values (gen_random_uuid(), 'Quayside Clinics', '{"password_policy": {"enabled": true, "requires_two_factor_auth": true}}') returning id`;
    const [account] = await sql`insert into accounts (id, email, first_name, last_name, password_hash, password_changed_at, analytics_allowed, terms_accepted_at)
      select gen_random_uuid(), ${accountRequiring2fa}, 'Ines', 'Vance', password_hash, now(), 'no', now() from accounts where email = ${jonas} returning id`;
    await sql`insert into memberships (id, organization_id, account_id, email, first_name, last_name, role, scope, accepted_at)
      values (gen_random_uuid(), ${organization?.id}, ${account?.id}, ${accountRequiring2fa}, 'Ines', 'Vance', 'super_user', 'all', now())`;
  });

/** Inserts a passkey that no authenticator has. */
export const insertPasskey = (runSql: RunSql, email: string) =>
  runSql((sql) => sql`insert into passkeys (id, account_id, credential_id, public_key, counter, transports, backed_up, name, last_used_at)
    select gen_random_uuid(), id, sha256(email::bytea), ''::bytea, 0, '{}', true, 'Firefox on Windows', now() - interval '3 hours'
    from accounts where email = ${email} on conflict do nothing`);

export const deletePasskey = (runSql: RunSql, email: string) =>
  runSql((sql) => sql`delete from passkeys where account_id = (select id from accounts where email = ${email})`);

/** Ages the last proof of identity beyond ten minutes. */
const expireReauthentication = async (page: Page, runSql: RunSql) => {
  await runSql((sql) => sql`update sessions set reauthenticated_at = now() - interval '11 minutes' where account_id = (select id from accounts where email = ${jonas})`);
  await page.reload();
};

const withoutPasskey = async (page: Page, runSql: RunSql) => {
  await deletePasskey(runSql, jonas);
  await expireReauthentication(page, runSql);
};

const withPasskey = async (page: Page, runSql: RunSql) => {
  await insertPasskey(runSql, jonas);
  await expireReauthentication(page, runSql);
};

const wrongPassword = async (page: Page, runSql: RunSql) => {
  await withPasskey(page, runSql);
  await page.locator("dialog [name=password]").fill("not the password");
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await page.locator("dialog [aria-invalid=true]").waitFor();
};

const beforeTotpSetup = async (page: Page, runSql: RunSql) => {
  const begin = page.getByRole("button", { name: "Set up…", exact: true });
  if ((await begin.count()) > 0) {
    await begin.click();
    await page.locator("main [name=code], main [name=password]").first().waitFor();
  }
  await expireReauthentication(page, runSql);
};

/** Saves the site in a second tab first, so that saving in the first tab shows the conflict. */
export const causeSaveConflict = async (page: Page) => {
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.locator("[name=streetAddress]").fill(`Quai Perrache ${Date.now() % 90}`);
  await other.getByRole("button", { name: "Save" }).click();
  await other.getByText("Site saved").waitFor();
  await other.close();
  await page.locator("[name=streetAddress]").fill("Rue Vauban 4");
  await page.getByRole("button", { name: "Save" }).click();
  await page.locator("[aria-invalid=true], [data-form-error]").first().waitFor();
};

const as = (user: string, shots: Screenshot[]) => shots.map((shot) => ({ ...shot, user }));

/** Screenshots of reauthentication and required second factors. */
export const reauthenticationScreenshots: readonly Screenshot[] = [
  ...as(accountRequiring2fa, [{ name: "two-factor-required", path: "/account" }]),
  ...as(camille, [
    { name: "account-email-pending", path: "/account", viewportOnly: true },
    { name: "verify-email-own", path: "/verify/email/[newAddress]" },
  ]),
  ...as(jonas, [
    { name: "account-ways-none", path: "/account?dialog=login-methods", prepare: withoutPasskey, viewportOnly: true },
    { name: "account-confirm", path: "/account?dialog=email", prepare: withoutPasskey, viewportOnly: true },
    { name: "account-confirm-passkey", path: "/account?dialog=email", prepare: withPasskey, viewportOnly: true },
    { name: "account-confirm-refused", path: "/account?dialog=email", prepare: wrongPassword, viewportOnly: true },
    { name: "account-confirm-page", path: "/account/two-factor", prepare: beforeTotpSetup },
  ]),
];
