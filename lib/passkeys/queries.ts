import "server-only";
import { generateAuthenticationOptions, generateRegistrationOptions } from "@simplewebauthn/server";
import { eq } from "drizzle-orm";
import { passkeys } from "@/db/schema";
import { asVisitor, narrow } from "@/db/second-door";
import { brand } from "@/lib/brand";
import { challengeOf } from "@/lib/challenges/commands";
import type { Self } from "@/lib/kernel/personal";
import { hashSecret } from "@/lib/kernel/secret";
import { algorithms, type Asked, handleOf, newChallenge, relyingParty } from "@/lib/passkeys/rules";

const passkeyColumns = {
  id: passkeys.id,
  name: passkeys.name,
  createdAt: passkeys.createdAt,
  lastUsedAt: passkeys.lastUsedAt,
  synced: passkeys.backedUp,
  credentialId: passkeys.credentialId,
};

/** The passkeys of an account, oldest first. */
export const listPasskeys = (accountId: string) =>
  asVisitor(
    { accountId },
    (tx) => tx.select(passkeyColumns).from(passkeys).where(eq(passkeys.accountId, accountId)).orderBy(passkeys.createdAt, passkeys.id),
    "read only",
  );

export type Passkey = Awaited<ReturnType<typeof listPasskeys>>[number];

/** The account's current credentials for the WebAuthn signal API, so that browsers stop offering removed passkeys. */
export const keptFor = ({ id, email, firstName, lastName }: Self["account"], stored: readonly Passkey[]) => ({
  at: Date.now(),
  rpId: relyingParty().id,
  userId: Buffer.from(handleOf(id)).toString("base64url"),
  name: email,
  displayName: `${firstName} ${lastName}`,
  credentialIds: stored.map(({ credentialId }) => Buffer.from(credentialId).toString("base64url")),
});

const credentialColumns = { credentialId: passkeys.credentialId, transports: passkeys.transports };
type Credential = { credentialId: Uint8Array; transports: string[] };

const listCredentials = (accountId: string) =>
  asVisitor({ accountId }, (tx) => tx.select(credentialColumns).from(passkeys).where(eq(passkeys.accountId, accountId)), "read only");

const credentialDescriptor = ({ credentialId, transports }: Credential) => ({
  id: Buffer.from(credentialId).toString("base64url"),
  transports,
});

/** WebAuthn options for registering another passkey; stores nothing. */
export async function offerToAdd({ sessionId, account }: Pick<Self, "sessionId" | "account">) {
  const credentials = await listCredentials(account.id);
  return generateRegistrationOptions({
    rpName: brand().name,
    rpID: relyingParty().id,
    userID: handleOf(account.id),
    userName: account.email,
    userDisplayName: `${account.firstName} ${account.lastName}`,
    challenge: newChallenge({ kind: "registration", accountId: account.id, sessionId }),
    attestationType: "none",
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: credentials.map(credentialDescriptor),
    timeout: 300_000,
  });
}

/** WebAuthn options for signing in with any discoverable passkey; stores nothing. */
export const offerToEnter = () => authenticationOptions({ kind: "login" }, []);

/** WebAuthn options for a sign-in that waits for its second factor; null when it expired or the account has no passkey. */
export async function offerToGoOn(challengeSecret: string | null) {
  if (!challengeSecret) return null;
  const linkHash = hashSecret(challengeSecret);
  const pending = await asVisitor({ linkHash }, async (tx) => {
    const accountId = (await challengeOf(tx, "second_factor", challengeSecret))?.accountId;
    if (!accountId) return null;
    await narrow(tx, { accountId });
    return { accountId, credentials: await tx.select(credentialColumns).from(passkeys).where(eq(passkeys.accountId, accountId)) };
  }, "read only");
  return pending && pending.credentials.length > 0 ? authenticationOptions({ kind: "login", accountId: pending.accountId }, pending.credentials) : null;
}

/** WebAuthn options for reauthentication with a passkey; null when the account has none. */
export async function offerToConfirm({ sessionId, account }: Pick<Self, "sessionId" | "account">) {
  const credentials = await listCredentials(account.id);
  return credentials.length > 0 ? authenticationOptions({ kind: "reauthentication", accountId: account.id, sessionId }, credentials) : null;
}

const authenticationOptions = (purpose: Asked, credentials: Credential[]) =>
  generateAuthenticationOptions({
    rpID: relyingParty().id,
    challenge: newChallenge(purpose),
    userVerification: "required",
    allowCredentials: credentials.map(credentialDescriptor),
    timeout: 300_000,
  });
