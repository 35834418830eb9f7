import { globSync, readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { generateSync } from "otplib";
import { projectPath } from "../scripts/start/paths.ts";
import { type Browser, type Fields, filled, newBrowser, signedInAs } from "./browser.ts";
import { demoPassword } from "../db/seed/people.ts";
import { newWord } from "./setup/cast.ts";
import { sessionsAged } from "./setup/clocks.ts";
import { inDatabase } from "./setup/database.ts";
import { addMember, newOwner } from "./setup/test-data.ts";

type Row = {
  at: string;
  button: string;
  /** What must be there first. */
  prepare?: (email: string, browser: Browser) => Promise<unknown>;
  fields?: (page: string) => Fields;
  /** What a stale session is answered without script and with it, and where a fresh one is led. */
  refusals?: { send: number; call: number };
  leads: RegExp;
};

const uuid = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/;

const withPasskey = (email: string) =>
  inDatabase((sql) => sql`insert into passkeys (id, account_id, credential_id, public_key, counter, transports, backed_up, name)
    select gen_random_uuid(), id, sha256(email::bytea), ''::bytea, 0, '{}', false, 'Key of a test' from accounts where email = ${email}`);

const withGoogle = (email: string) =>
  inDatabase((sql) => sql`insert into identities (id, account_id, issuer, subject, subject_hash, email)
    select gen_random_uuid(), id, ${`http://localhost:${process.env.E2E_PROVIDER_PORT}`}, email, sha256(email::bytea), email from accounts where email = ${email}`);

const withKey = async (_: string, browser: Browser) => browser.send(await browser.formOn("/account/two-factor", "Begin"));

/** Everything a person does to their account that an unattended browser must not do, by its action (SES-11). */
const rows: Record<string, Row> = {
  requestAddressAction: {
    at: "/account?dialog=email",
    button: "Send link",
    fields: () => ({ email: `${newWord("moved")}@example.test` }),
    leads: /notice=email-requested/,
  },
  removePasskeyAction: {
    at: "/account?dialog=remove-passkey&passkey=[passkey]",
    button: "Remove passkey",
    prepare: withPasskey,
    leads: /notice=passkey-removed/,
  },
  linkGoogleAction: { at: "/account?dialog=google", button: "Yes", leads: /^http:\/\/localhost:\d+\/authorize/ },
  unlinkGoogleAction: { at: "/account?dialog=google", button: "Disable", prepare: withGoogle, leads: /notice=google-unlinked/ },
  verifyTwoFactorAction: {
    at: "/account/two-factor",
    button: "Verify",
    prepare: withKey,
    fields: (page) => ({ code: generateSync({ secret: /<code[^>]*>([A-Z2-7 ]+)</.exec(page)?.[1]?.replaceAll(" ", "") ?? "" }) }),
    refusals: { send: 303, call: 200 },
    leads: /^\/account\/two-factor\/codes/,
  },
  deleteAccountAction: {
    at: "/account?dialog=delete",
    button: "Delete Account",
    fields: () => ({ agreed: "true" }),
    leads: /^\/sign-in\?notice=account-deleted/,
  },
};

/** What these actions could have changed of an account. */
const stateOf = (email: string) =>
  inDatabase(async (sql) => [
    ...(await sql`select a.email, a.two_factor_enabled_at, (select count(*) from passkeys where account_id = a.id) as passkeys,
      (select count(*) from identities where account_id = a.id) as identities,
      (select count(*) from email_tokens where account_id = a.id) as links,
      (select count(*) from auth_challenges where account_id = a.id) as challenges,
      (select count(*) from account_events where account_id = a.id and name = 'account.exported') as exports
      from accounts a where a.email = ${email}`),
  ]);

/** A member of a new organization, whom nothing keeps from deleting their account. */
async function newMember(baseURL: string | undefined) {
  const { orgId } = await newOwner("fresh");
  const { email } = await addMember(orgId);
  return { browser: await signedInAs(baseURL, email), email };
}

async function confirm(browser: Browser, at: string) {
  const form = await browser.formOn(at, "Confirm");
  const wrong = await browser.send(filled(form, { password: "not the password" }));
  expect([wrong.status, wrong.body.includes("This is not your password")]).toEqual([200, true]);
  const before = new Map(browser.jar);
  const answer = await browser.send(filled(form, { password: demoPassword }));
  expect([answer.status, answer.location]).toEqual([303, at]);
  return before;
}

test("SES-11: every action that needs a fresh session is in this table", () => {
  const account = projectPath("app", "(portal)", "account");
  const fresh = globSync("**/actions.ts", { cwd: account })
    .flatMap((file) => [...readFileSync(`${account}/${file}`, "utf8").matchAll(/^export const (\w+) = recentAuthAction\(/gm)])
    .map(([, name = ""]) => name);
  // A passkey is added by a device, in its own journey; the second factor is fresh by its own page.
  const here = Object.keys(rows).filter((name) => name !== "verifyTwoFactorAction");
  expect(fresh.sort()).toEqual([...here, "addPasskeyAction"].sort());
});

for (const [name, { at, button, prepare, fields, refusals = { send: 401, call: 401 }, leads }] of Object.entries(rows)) {
  test(`SES-11: eleven minutes after the last proof ${name} changes nothing, and after another it does`, async ({ baseURL }) => {
    const { browser, email } = await newMember(baseURL);
    await prepare?.(email, browser);
    const listed = new RegExp(`remove-passkey&amp;passkey=(${uuid.source})`).exec((await browser.get("/account")).body);
    const path = at.replace("[passkey]", listed?.[1] ?? "");
    const { body } = await browser.get(path);
    const form = filled(await browser.formOn(path, button), fields?.(body) ?? {});

    await sessionsAged(email, { reauthenticated_at: 11 });
    const before = await stateOf(email);
    for (const how of ["send", "call"] as const) {
      const answer = await browser[how](form);
      expect([how, answer.status]).toEqual([how, refusals[how]]);
      expect(answer.location).not.toMatch(leads);
      expect(await stateOf(email)).toEqual(before);
    }
    const stale = newBrowser(baseURL, await confirm(browser, path));
    expect((await stale.get("/account")).location).toMatch(/^\/sign-in/);

    const again = (await browser.get(path)).body;
    const answer = await browser.send(filled(await browser.formOn(path, button), fields?.(again) ?? {}));
    expect([answer.status, answer.location]).toEqual([303, expect.stringMatching(leads)]);
    expect(await stateOf(email)).not.toEqual(before);
  });
}

test("SES-11: a copy of one's data is handed out soon after a proof, and a passkey is added then, and not later", async ({ baseURL }) => {
  const { browser, email } = await newMember(baseURL);
  await sessionsAged(email, { reauthenticated_at: 11 });
  const refused = await browser.get("/account/export");
  expect([refused.status, refused.body.includes(email)]).toEqual([403, false]);
  expect(await stateOf(email)).toMatchObject([{ exports: "0" }]);
  const asked = await browser.get("/account?dialog=passkey");
  expect([asked.body.includes("Confirm that it is you"), asked.body.includes("excludeCredentials")]).toEqual([true, false]);

  await confirm(browser, "/account?dialog=passkey");
  expect((await browser.get("/account?dialog=passkey")).body).toContain("excludeCredentials");
  expect((await browser.get("/account/export", { "Sec-Fetch-Site": "cross-site" })).status, "led here by another site").toBe(403);
  const copy = await browser.get("/account/export");
  expect([copy.status, copy.headers.get("content-disposition")]).toEqual([200, expect.stringContaining("signalbox-account.json")]);
  expect(await stateOf(email)).toMatchObject([{ exports: "1" }]);
});

test("SES-11, SSO-8: after a proof one goes on within the portal, wherever the form was made to lead", async ({ baseURL }) => {
  const { browser, email } = await newMember(baseURL);
  const at = "/account?dialog=delete";
  for (const next of ["//evil.example", "https://evil.example/account", "/accounts", "/account/../sign-in", "/sign-in", "", "/\\evil.example"]) {
    await sessionsAged(email, { reauthenticated_at: 11 });
    const form = filled(await browser.formOn(at, "Confirm"), { next, password: demoPassword });
    expect([next, (await browser.send(form)).location]).toEqual([next, "/account"]);
  }
});
