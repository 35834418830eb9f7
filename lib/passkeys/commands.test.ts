import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { accountEvents } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { addPasskey, removePasskey, renamePasskey } from "@/lib/passkeys/commands";
import { listPasskeys, registrationOptions } from "@/lib/passkeys/queries";
import { type AuthenticatorOverrides, newAuthenticator } from "@/lib/testing/authenticator";
import { loadSession, newSession, newAccountContext } from "@/lib/testing/sign-in";
import { listAuditEntries, queuedEmailsTo, newMember, newOrg, newAccount } from "@/lib/testing/fixtures";

type Who = Awaited<ReturnType<typeof newAccountContext>>;

type Device = ReturnType<typeof newAuthenticator>;
type AddOptions = AuthenticatorOverrides & { name?: string; device?: Device };

async function add(who: Who, { name = "Chrome on Linux", device = newAuthenticator(), ...overrides }: AddOptions = {}) {
  const answer = device.create(await registrationOptions(who), overrides);
  return addPasskey(who, { name, answer: JSON.stringify(answer) });
}

const namesOf = async ({ account }: Who) => (await listPasskeys(account.id)).map(({ name }) => name);
const outcomeOf = (attempt: Promise<unknown>) => attempt.then(() => "done", (error: Error) => error.message);

test("ACC-16, AUT-9: a verified device becomes a passkey, the owner is notified, and all sessions continue", async () => {
  const person = await newAccount();
  const member = await newMember(await newOrg(), "observer", "all", person);
  const otherSession = await newSession(person);
  const who = await newAccountContext(person);
  await add(who, { name: " Work laptop " });
  expect(await listPasskeys(person.id)).toMatchObject([{ name: "Work laptop", synced: true, lastUsedAt: null }]);
  expect((await listAuditEntries(member))[0]).toMatchObject({ name: "passkey.added", message: "Added passkey Work laptop", actorId: person.id });
  expect(await queuedEmailsTo(person.email)).toMatchObject([
    { template: "security-notice", props: { what: "The passkey “Work laptop” was added to your account" } },
  ]);
  await loadSession(otherSession);
});

test("ACC-16: registration options contain the account id as user handle, require user verification and exclude existing credentials", async () => {
  const who = await newAccountContext(await newAccount());
  await add(who);
  expect(await registrationOptions(who)).toMatchObject({
    rp: { id: "localhost", name: "Signalbox" },
    user: { id: Buffer.from(who.account.id.replaceAll("-", ""), "hex").toString("base64url"), name: who.account.email },
    attestation: "none",
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    excludeCredentials: [{ type: "public-key", transports: ["internal"] }],
  });
});

test.each<[string, AuthenticatorOverrides]>([
  ["another origin", { origin: "https://portal.example.net" }],
  ["another relying party", { rpId: "example.net" }],
  ["a device without user verification", { locked: true }],
  ["a forged challenge", { challenge: "AAAA" }],
  ["an answer of type webauthn.get", { type: "webauthn.get" }],
  ["an attestation with certificates", { attested: true }],
])("ACC-16: %s is not registered", async (_, overrides) => {
  const who = await newAccountContext(await newAccount());
  expect(await outcomeOf(add(who, overrides))).toMatch(/couldn’t be added/);
  expect(await namesOf(who)).toEqual([]);
});

test("ACC-16: a challenge of one session is refused in other sessions and accounts", async () => {
  const person = await newAccount();
  const [firstSession, secondSession, stranger] = [await newAccountContext(person), await newAccountContext(person), await newAccountContext(await newAccount())];
  const answer = JSON.stringify(newAuthenticator().create(await registrationOptions(firstSession)));
  for (const who of [secondSession, stranger]) expect(await outcomeOf(addPasskey(who, { name: "Mine", answer }))).toMatch(/couldn’t be added/);
  expect(await namesOf(firstSession)).toEqual([]);
});

test.each(["", "{", "null", "{}", JSON.stringify({ id: "a", rawId: "a", type: "public-key", response: {} })])(
  "ACC-16: a malformed browser answer is refused: %s",
  async (answer) => {
    const who = await newAccountContext(await newAccount());
    await expect(addPasskey(who, { name: "Nonsense", answer })).rejects.toMatchObject({ code: "invalid" });
  },
);

test("ACC-16: 20 parallel uses of one answer register one passkey", async () => {
  const who = await newAccountContext(await newAccount());
  const answer = JSON.stringify(newAuthenticator().create(await registrationOptions(who)));
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcomeOf(addPasskey(who, { name: "Key", answer }))));
  expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
  expect(new Set(outcomes)).toEqual(new Set(["done", "That took too long, or was sent twice. Try again"]));
  expect(await namesOf(who)).toEqual(["Key"]);
});

test("ACC-16: a registered device cannot be registered again, by any account", async () => {
  const device = newAuthenticator();
  await add(await newAccountContext(await newAccount()), { device });
  const other = await newAccountContext(await newAccount());
  await expect(add(other, { device })).rejects.toMatchObject({ code: "conflict", message: "This passkey is already registered" });
});

test("ACC-16: an account has at most 20 passkeys, also with parallel requests", async () => {
  const who = await newAccountContext(await newAccount());
  const outcomes = await Promise.all(Array.from({ length: 25 }, (_, at) => outcomeOf(add(who, { name: `Key ${at}` }))));
  expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(20);
  expect(outcomes).toContain("An account can have at most 20 passkeys. Remove one that you no longer use");
  expect(await namesOf(who)).toHaveLength(20);
});

test("ACC-16: only its owner renames a passkey, and the audit entry has the old name", async () => {
  const person = await newAccount();
  const member = await newMember(await newOrg(), "observer", "all", person);
  const who = await newAccountContext(person);
  await add(who, { name: "Laptop" });
  const [passkey] = await listPasskeys(person.id);
  const passkeyId = passkey?.id ?? "";
  const stranger = await newAccountContext(await newAccount());
  await expect(renamePasskey(stranger, { passkeyId, name: "Stolen" })).rejects.toMatchObject({ code: "not_found" });
  await expect(renamePasskey(who, { passkeyId, name: "" })).rejects.toMatchObject({ fields: { name: ["Enter a name for the passkey"] } });
  await renamePasskey(who, { passkeyId, name: "Old laptop" });
  expect(await namesOf(who)).toEqual(["Old laptop"]);
  expect((await listAuditEntries(member))[0]).toMatchObject({
    name: "passkey.renamed",
    message: "Renamed passkey Laptop",
    change: { before: { name: "Laptop" }, after: { name: "Old laptop" } },
  });
});

test("ACC-16, AUT-9: only its owner removes a passkey and is notified; sessions continue", async () => {
  const person = await newAccount();
  const member = await newMember(await newOrg(), "observer", "all", person);
  const otherSession = await newSession(person, "passkey");
  const who = await newAccountContext(person);
  await add(who, { name: "Lost phone" });
  const [passkey] = await listPasskeys(person.id);
  const stranger = await newAccountContext(await newAccount());
  await expect(removePasskey(stranger, { passkeyId: passkey?.id ?? "" })).rejects.toMatchObject({ code: "not_found" });
  await removePasskey(who, { passkeyId: passkey?.id ?? "" });
  expect(await namesOf(who)).toEqual([]);
  await expect(removePasskey(who, { passkeyId: passkey?.id ?? "" })).rejects.toMatchObject({ code: "not_found" });
  expect((await listAuditEntries(member))[0]).toMatchObject({ name: "passkey.removed", message: "Removed passkey Lost phone" });
  expect((await queuedEmailsTo(person.email)).at(-1)?.props).toMatchObject({ what: "The passkey “Lost phone” was removed from your account" });
  await loadSession(otherSession);
});

test("ACC-16: the account's history contains a passkey's name but no key material", async () => {
  const who = await newAccountContext(await newAccount());
  await add(who, { name: "Laptop" });
  const { accountId, name, detail } = accountEvents;
  const events = await withAuthScope({ accountId: who.account.id }, (tx) => tx.select({ name, detail }).from(accountEvents).where(eq(accountId, who.account.id)));
  const added = events.find((event) => event.name === "passkey.added");
  expect(added?.detail).toEqual({ note: "Laptop", after: { name: "Laptop", synced: true } });
});
