import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accounts, authChallenges, identities } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { startGoogleLink, startGoogleSignIn, linkGoogle, signInWithGoogle, unlinkGoogle } from "@/lib/identities/commands";
import { getGoogleIdentity } from "@/lib/identities/queries";
import { purposeFromState } from "@/lib/identities/rules";
import { fakeOAuthProvider } from "@/lib/integrations/fake-oauth-provider";
import { lockAccount } from "@/lib/kernel/lock-account";
import { hashSecret } from "@/lib/kernel/secrets";
import { endSession } from "@/lib/sessions/commands";
import { configureGoogle, newFakeGoogleAccount, googleFlows, countSessionsAndChallenges } from "@/lib/testing/google";
import { newEmailAddress, newRequestMetadata, loadSession, newAccountContext, openedSession, queuedJobs } from "@/lib/testing/sign-in";
import { connectAsOwner, listAuditEntries, queuedEmailsTo, newMember, newOrg, newAccount, type TestAccount, countLockWaits } from "@/lib/testing/fixtures";
import { consumeLimit } from "@/lib/kernel/rate-limits";
import { ipNetwork } from "@/lib/kernel/rate-limit-config";

const google = await fakeOAuthProvider();

beforeAll(() => configureGoogle(google.issuer));
afterAll(() => google.close());

const { link, newLinked, backFromGoogle } = googleFlows(google);

const updateAccount = ({ id }: Pick<TestAccount, "id">, changes: Partial<typeof accounts.$inferInsert>) =>
  withAuthScope({ accountId: id }, (tx) => tx.update(accounts).set(changes).where(eq(accounts.id, id)));

const identitiesOf = ({ id }: Pick<TestAccount, "id">) =>
  withAuthScope({ accountId: id }, (tx) => tx.select().from(identities).where(eq(identities.accountId, id)));

test("ACC-25, ACC-13: a linked Google account signs in", async () => {
  const { person, whom } = await newLinked();
  const login = await signInWithGoogle({ origin: newRequestMetadata() }, await backFromGoogle(whom));
  expect(await loadSession(openedSession(login))).toMatchObject({ account: { id: person.id }, methods: ["google"] });
  expect(await getGoogleIdentity(person.id)).toMatchObject({ email: whom.email, linkedAt: expect.any(Date), lastUsedAt: expect.any(Date) });
});

test("MFA-6: Google counts as one factor; an account with two-factor authentication still needs the second", async () => {
  const { person, whom } = await newLinked();
  await updateAccount(person, { twoFactorEnabledAt: new Date() });
  const login = await signInWithGoogle({ origin: newRequestMetadata() }, await backFromGoogle(whom));
  expect(login.kind).toBe("challenge");
});

test("PWD-3, AUD-1: a suspended account cannot sign in with Google, and the attempt is recorded", async () => {
  const { person, whom } = await newLinked();
  await updateAccount(person, { suspendedAt: new Date() });
  await expect(signInWithGoogle({ origin: newRequestMetadata() }, await backFromGoogle(whom))).rejects.toMatchObject({ code: "forbidden" });
  expect(await queuedJobs("session.refuse", { account: person.id })).toHaveLength(1);
});

test("SSO-5: a matching email alone neither signs in nor links", async () => {
  const person = await newAccount({ email: newEmailAddress() });
  await expect(signInWithGoogle({ origin: newRequestMetadata() }, await backFromGoogle(newFakeGoogleAccount(person.email)))).rejects.toMatchObject({ reason: "unknown" });
  expect([await countSessionsAndChallenges(person), await getGoogleIdentity(person.id)]).toEqual([0, null]);
});

test("SSO-5: an identity is recognized by issuer and subject, not by email", async () => {
  const { person, whom } = await newLinked();
  const moved = await signInWithGoogle({ origin: newRequestMetadata() }, await backFromGoogle({ ...whom, email: newEmailAddress() }));
  expect(openedSession(moved).accountId).toBe(person.id);
  await expect(signInWithGoogle({ origin: newRequestMetadata() }, await backFromGoogle(newFakeGoogleAccount(whom.email)))).rejects.toMatchObject({ reason: "unknown" });
});

test("ACC-25: an identity unlinked during the callback does not sign in", async () => {
  const { person, whom } = await newLinked();
  const callback = await backFromGoogle(whom);
  const owner = connectAsOwner();
  let signIn: Promise<unknown> = Promise.resolve();
  await withAuthScope({ accountId: person.id }, async (tx) => {
    await lockAccount(tx, person.id, "no key update");
    signIn = signInWithGoogle({ origin: newRequestMetadata() }, callback).then(() => "in", (error: unknown) => error);
    while ((await countLockWaits(owner)) === 0);
    await tx.delete(identities).where(eq(identities.accountId, person.id));
  });
  expect(await signIn).toMatchObject({ reason: "unknown" });
  await owner.end();
});

test("AUT-5: a network and an account can each start 300 Google flows per 15 minutes", async () => {
  const [origin, who] = [newRequestMetadata(), await newAccountContext(await newAccount())];
  await withAuthScope({}, async (tx) => {
    for (const key of [ipNetwork(origin.ipAddress), who.account.id]) {
      for (let times = 0; times < 299; times += 1) await consumeLimit(tx, "google_network", key);
    }
  });
  for (const start of [() => startGoogleSignIn({ origin }, {}), () => startGoogleLink(who, {})]) {
    expect((await start()).url).toContain(google.issuer);
    await expect(start()).rejects.toMatchObject({ code: "busy", retryAfterSeconds: expect.any(Number) });
  }
  expect((await startGoogleSignIn({ origin: newRequestMetadata() }, {})).url).toContain(google.issuer);
});

test("SES-2: of 20 concurrent callbacks of one flow, one opens a session", async () => {
  const { person, whom } = await newLinked();
  const before = await countSessionsAndChallenges(person);
  const callback = await backFromGoogle(whom);
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => signInWithGoogle({ origin: newRequestMetadata() }, callback)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ reason: "over" });
  expect(await countSessionsAndChallenges(person)).toBe(before + 1);
  expect(google.asked.filter((code) => callback.answer.includes(code))).toHaveLength(1);
});

test("SSO-7: a flow expires after 5 minutes", async () => {
  const { whom } = await newLinked();
  const callback = await backFromGoogle(whom);
  await withAuthScope({ tokenHash: hashSecret(callback.secret) }, (tx) => tx.update(authChallenges).set({ expiresAt: sql`now()` }));
  await expect(signInWithGoogle({ origin: newRequestMetadata() }, callback)).rejects.toMatchObject({ reason: "over" });
});

test("SSO-7: a callback of the sign-in flow cannot be used for the link flow and vice versa, even with swapped cookies", async () => {
  const who = await newAccountContext(await newAccount());
  const whom = newFakeGoogleAccount();
  const linkFlow = await startGoogleLink(who, {});
  const signInFlow = await startGoogleSignIn({ origin: newRequestMetadata() }, {});
  const answers = await Promise.all([linkFlow, signInFlow].map(({ url }) => google.answerOf(url, whom)));
  const [linkAnswer = "", signInAnswer = ""] = answers;
  const stateIn = (answer: string) => new URLSearchParams(answer).get("state");
  expect(purposeFromState(linkFlow.secret, stateIn(linkAnswer))).toBe("google_link");
  expect([purposeFromState(linkFlow.secret, stateIn(signInAnswer)), purposeFromState(signInFlow.secret, stateIn(linkAnswer))]).toEqual([null, null]);
  await expect(signInWithGoogle({ origin: newRequestMetadata() }, { secret: linkFlow.secret, answer: linkAnswer })).rejects.toMatchObject({ reason: "over" });
  await expect(linkGoogle(who, { secret: signInFlow.secret, answer: signInAnswer })).rejects.toMatchObject({ reason: "over" });
  await expect(signInWithGoogle({ origin: newRequestMetadata() }, { secret: signInFlow.secret, answer: linkAnswer })).rejects.toMatchObject({ reason: "failed" });
  expect(await getGoogleIdentity(who.account.id)).toBeNull();
  await linkGoogle(who, { secret: linkFlow.secret, answer: linkAnswer });
});

test("SSO-7: linking cannot be completed in another session or by another account", async () => {
  const person = await newAccount();
  const [own, otherSession, otherAccount] = [await newAccountContext(person), await newAccountContext(person), await newAccountContext(await newAccount())];
  const { secret, url } = await startGoogleLink(own, {});
  const answer = await google.answerOf(url, newFakeGoogleAccount());
  for (const other of [otherSession, otherAccount]) {
    await expect(linkGoogle(other, { secret, answer })).rejects.toMatchObject({ reason: "over" });
    expect(await getGoogleIdentity(other.account.id)).toBeNull();
  }
  await linkGoogle(own, { secret, answer });
  expect(await getGoogleIdentity(person.id)).not.toBeNull();
});

test("SSO-7: linking fails when the session has ended", async () => {
  const who = await newAccountContext(await newAccount());
  const { secret, url } = await startGoogleLink(who, {});
  const answer = await google.answerOf(url, newFakeGoogleAccount());
  await endSession(who, {});
  await expect(linkGoogle(who, { secret, answer })).rejects.toMatchObject({ code: "unauthenticated" });
  expect(await getGoogleIdentity(who.account.id)).toBeNull();
});

test("ACC-25: linking a Google account of another account is refused without revealing that account", async () => {
  const { person, whom } = await newLinked();
  const other = await newAccountContext(await newAccount());
  const error: unknown = await link(other, whom).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ reason: "taken", code: "conflict" });
  expect(String(error)).not.toContain(person.email);
  expect(await getGoogleIdentity(other.account.id)).toBeNull();
});

test("ACC-25: when 20 accounts link one Google account concurrently, one succeeds", async () => {
  const whom = newFakeGoogleAccount();
  const people = await Promise.all(Array.from({ length: 20 }, async () => newAccountContext(await newAccount())));
  const outcomes = await Promise.allSettled(people.map((who) => link(who, whom)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ reason: "taken" });
});

test("ACC-25: only one Google account can be linked", async () => {
  const who = await newAccountContext(await newAccount());
  const flow = await startGoogleLink(who, {});
  await link(who, newFakeGoogleAccount());
  await expect(startGoogleLink(who, {})).rejects.toMatchObject({ reason: "linked-before" });
  const answer = await google.answerOf(flow.url, newFakeGoogleAccount());
  await expect(linkGoogle(who, { secret: flow.secret, answer })).rejects.toMatchObject({ reason: "linked-before" });
  expect(await identitiesOf(who.account)).toHaveLength(1);
});

test("SSO-5: a Google account with an unverified email is not linked", async () => {
  const who = await newAccountContext(await newAccount());
  await expect(link(who, { ...newFakeGoogleAccount(), verified: false })).rejects.toMatchObject({ reason: "unverified" });
  expect(await getGoogleIdentity(who.account.id)).toBeNull();
});

test("AUT-9, AUD-6: linking and unlinking are audited and emailed to the owner, without the Google subject id", async () => {
  const [org, person, whom] = [await newOrg(), await newAccount(), newFakeGoogleAccount()];
  await newMember(org, "observer", "all", person);
  const who = await newAccountContext(person);
  await link(who, whom);
  await unlinkGoogle(who, {});
  const entries = await listAuditEntries({ orgId: org.id });
  expect(entries.slice(0, 2).map(({ message }) => message)).toEqual(["Unlinked Google account", "Linked Google account"]);
  expect(JSON.stringify(entries)).not.toContain(whom.sub);
  const notices = (await queuedEmailsTo(person.email)).filter(({ template }) => template === "security-notice").map(({ props }) => props.what);
  expect(notices).toEqual(["A Google account was linked to your account", "Your Google account was unlinked"]);
  await expect(signInWithGoogle({ origin: newRequestMetadata() }, await backFromGoogle(whom))).rejects.toMatchObject({ reason: "unknown" });
  await expect(unlinkGoogle(who, {})).rejects.toMatchObject({ code: "conflict" });
});

test("CRY-1: tokens from Google are not stored", async () => {
  let issued: Record<string, unknown> = {};
  google.tampering.tokens = (tokens) => void (issued = { ...tokens });
  const { person } = await newLinked();
  google.tampering.tokens = undefined;
  const stored = JSON.stringify(await identitiesOf(person));
  for (const name of ["access_token", "id_token", "refresh_token"]) {
    expect(issued[name]).toEqual(expect.any(String));
    expect(stored).not.toContain(issued[name]);
  }
});
