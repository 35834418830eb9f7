import { globSync, readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { projectPath } from "../scripts/start/paths.ts";
import { type HttpClient, type Fields, fillForm, newHttpClient, signedInClient } from "./setup/http-client.ts";
import { demoPassword } from "../db/seed/people.ts";
import { uuid } from "./setup/organizations.ts";
import { ageSessions } from "./setup/time.ts";
import { inDatabase } from "./setup/database.ts";
import { addMember, addUnusablePasskey, type Member, newOwner } from "./setup/test-data.ts";
import { totpCode, totpSeedIn } from "./setup/two-factor.ts";
import { uniqueEmail } from "./setup/unique.ts";

type Row = {
  at: string;
  button: string;
  /** What the action needs. */
  prepare?: (member: Member, client: HttpClient) => Promise<unknown>;
  fields?: (page: string) => Fields;
  /** The status of a refusal without and with JavaScript, and where the action redirects. */
  refusals?: { send: number; call: number };
  redirect: RegExp;
};

const withPasskey = (member: Member) => addUnusablePasskey(member, "Work laptop");

const withGoogle = ({ email }: Member) =>
  inDatabase((sql) => sql`insert into identities (id, account_id, issuer, subject, subject_hash, email)
    select gen_random_uuid(), id, ${`http://localhost:${process.env.E2E_PROVIDER_PORT}`}, email, sha256(email::bytea), email from accounts where email = ${email}`);

const withTotpKey = async (_: Member, client: HttpClient) => client.send(await client.formOn("/account/two-factor", "Set up…"));

/** All actions that require recent authentication. */
const actions: Record<string, Row> = {
  requestAddressAction: {
    at: "/account?dialog=email",
    button: "Send link",
    fields: () => ({ email: uniqueEmail("moved") }),
    redirect: /notice=email-requested/,
  },
  removePasskeyAction: {
    at: "/account?dialog=remove-passkey&passkey=[passkey]",
    button: "Remove passkey",
    prepare: withPasskey,
    redirect: /notice=passkey-removed/,
  },
  linkGoogleAction: { at: "/account?dialog=google", button: "Yes", redirect: /^http:\/\/localhost:\d+\/authorize/ },
  unlinkGoogleAction: { at: "/account?dialog=google", button: "Disable", prepare: withGoogle, redirect: /notice=google-unlinked/ },
  verifyTwoFactorAction: {
    at: "/account/two-factor",
    button: "Verify",
    prepare: withTotpKey,
    fields: (page) => ({ code: totpCode(totpSeedIn(page)) }),
    refusals: { send: 303, call: 200 },
    redirect: /^\/account\/two-factor\/codes/,
  },
  deleteAccountAction: {
    at: "/account?dialog=delete",
    button: "Delete Account",
    fields: () => ({ agreed: "true" }),
    redirect: /^\/sign-in\?notice=account-deleted/,
  },
};

/** The state of an account that these actions change. */
const stateOf = (email: string) =>
  inDatabase(async (sql) => [
    ...(await sql`select a.email, a.two_factor_enabled_at, (select count(*) from passkeys where account_id = a.id) as passkeys,
      (select count(*) from identities where account_id = a.id) as identities,
      (select count(*) from email_tokens where account_id = a.id) as links,
      (select count(*) from auth_challenges where account_id = a.id) as challenges,
      (select count(*) from account_events where account_id = a.id and name = 'account.exported') as exports
      from accounts a where a.email = ${email}`),
  ]);

/** A member who can delete their account, because they are not the only Super User. */
async function newMember(baseURL: string | undefined) {
  const { orgId } = await newOwner("reauth");
  const member = await addMember(orgId);
  return { ...member, client: await signedInClient(baseURL, member.email) };
}

async function reauthenticate(client: HttpClient, at: string) {
  const form = await client.formOn(at, "Confirm");
  const wrong = await client.send(fillForm(form, { password: "not the password" }));
  expect([wrong.status, wrong.body.includes("Wrong password")]).toEqual([200, true]);
  const before = new Map(client.jar);
  const answer = await client.send(fillForm(form, { password: demoPassword }));
  expect([answer.status, answer.location]).toEqual([303, at]);
  return before;
}

test("SES-11: every action that requires recent authentication is in this table", () => {
  const account = projectPath("app", "(portal)", "account");
  const guarded = globSync("**/actions.ts", { cwd: account })
    .flatMap((file) => [...readFileSync(`${account}/${file}`, "utf8").matchAll(/^export const (\w+) = recentAuthAction\(/gm)])
    .map(([, name = ""]) => name);
  // Adding a passkey needs a device and has its own test; the page of the second factor requires recent authentication itself.
  const listed = Object.keys(actions).filter((name) => name !== "verifyTwoFactorAction");
  expect(guarded.sort()).toEqual([...listed, "addPasskeyAction"].sort());
});

for (const [name, { at, button, prepare, fields, refusals = { send: 401, call: 401 }, redirect }] of Object.entries(actions)) {
  test(`SES-11: eleven minutes after authentication ${name} changes nothing until the person re-authenticates`, async ({ baseURL }) => {
    const { client, ...member } = await newMember(baseURL);
    const { email } = member;
    await prepare?.(member, client);
    const passkeyLink = new RegExp(`remove-passkey&amp;passkey=(${uuid.source})`).exec((await client.get("/account")).body);
    const path = at.replace("[passkey]", passkeyLink?.[1] ?? "");
    const { body } = await client.get(path);
    const form = fillForm(await client.formOn(path, button), fields?.(body) ?? {});

    await ageSessions(email, { reauthenticated_at: 11 });
    const before = await stateOf(email);
    for (const how of ["send", "call"] as const) {
      const answer = await client[how](form);
      expect([how, answer.status]).toEqual([how, refusals[how]]);
      expect(answer.location).not.toMatch(redirect);
      expect(await stateOf(email)).toEqual(before);
    }
    const oldClient = newHttpClient(baseURL, await reauthenticate(client, path));
    expect((await oldClient.get("/account")).location).toMatch(/^\/sign-in/);

    const freshBody = (await client.get(path)).body;
    const answer = await client.send(fillForm(await client.formOn(path, button), fields?.(freshBody) ?? {}));
    expect([answer.status, answer.location]).toEqual([303, expect.stringMatching(redirect)]);
    expect(await stateOf(email)).not.toEqual(before);
  });
}

test("SES-11: downloading one's data and adding a passkey require recent authentication", async ({ baseURL }) => {
  const { client, email } = await newMember(baseURL);
  await ageSessions(email, { reauthenticated_at: 11 });
  const refused = await client.get("/account/export");
  expect([refused.status, refused.body.includes(email)]).toEqual([403, false]);
  expect(await stateOf(email)).toMatchObject([{ exports: "0" }]);
  const confirmation = await client.get("/account?dialog=passkey");
  expect([confirmation.body.includes("Confirm it’s you"), confirmation.body.includes("excludeCredentials")]).toEqual([true, false]);

  await reauthenticate(client, "/account?dialog=passkey");
  expect((await client.get("/account?dialog=passkey")).body).toContain("excludeCredentials");
  expect((await client.get("/account/export", { "Sec-Fetch-Site": "cross-site" })).status, "from another site").toBe(403);
  const copy = await client.get("/account/export");
  expect([copy.status, copy.headers.get("content-disposition")]).toEqual([200, expect.stringContaining("signalbox-account.json")]);
  expect(await stateOf(email)).toMatchObject([{ exports: "1" }]);
});

test("SES-11, SSO-8: re-authentication never redirects outside the account pages, whatever the form says", async ({ baseURL }) => {
  const { client, email } = await newMember(baseURL);
  const at = "/account?dialog=delete";
  for (const next of ["//evil.example", "https://evil.example/account", "/accounts", "/account/../sign-in", "/sign-in", "", "/\\evil.example"]) {
    await ageSessions(email, { reauthenticated_at: 11 });
    const form = fillForm(await client.formOn(at, "Confirm"), { next, password: demoPassword });
    expect([next, (await client.send(form)).location]).toEqual([next, "/account"]);
  }
});
