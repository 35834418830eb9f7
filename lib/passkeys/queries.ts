import "server-only";
import { generateAuthenticationOptions, generateRegistrationOptions } from "@simplewebauthn/server";
import { eq } from "drizzle-orm";
import { passkeys } from "@/db/schema";
import { withAuthScope, setAuthScope } from "@/db/auth-access";
import { brand } from "@/lib/brand";
import { authChallengeBySecret } from "@/lib/auth-challenges/internal";
import type { AccountContext } from "@/lib/kernel/account-command";
import { hashSecret } from "@/lib/kernel/secrets";
import { supportedAlgorithmIds, type ChallengePurpose, userHandle, createChallenge, relyingParty } from "@/lib/passkeys/rules";
import { fullName } from "@/lib/shared/person-name";

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
  withAuthScope(
    { accountId },
    (tx) => tx.select(passkeyColumns).from(passkeys).where(eq(passkeys.accountId, accountId)).orderBy(passkeys.createdAt, passkeys.id),
    "read only",
  );

export type Passkey = Awaited<ReturnType<typeof listPasskeys>>[number];

/** The account's current credentials for the WebAuthn signal API, so that browsers stop offering removed passkeys. */
export const acceptedCredentials = ({ id, email, firstName, lastName }: AccountContext["account"], stored: readonly Passkey[]) => ({
  at: Date.now(),
  rpId: relyingParty().id,
  userId: Buffer.from(userHandle(id)).toString("base64url"),
  name: email,
  displayName: fullName({ firstName, lastName }),
  credentialIds: stored.map(({ credentialId }) => Buffer.from(credentialId).toString("base64url")),
});

const credentialColumns = { credentialId: passkeys.credentialId, transports: passkeys.transports };
type Credential = { credentialId: Uint8Array; transports: string[] };

const listCredentials = (accountId: string) =>
  withAuthScope({ accountId }, (tx) => tx.select(credentialColumns).from(passkeys).where(eq(passkeys.accountId, accountId)), "read only");

const credentialDescriptor = ({ credentialId, transports }: Credential) => ({
  id: Buffer.from(credentialId).toString("base64url"),
  transports,
});

/** WebAuthn options for registering another passkey; stores nothing. */
export async function registrationOptions({ sessionId, account }: Pick<AccountContext, "sessionId" | "account">) {
  const credentials = await listCredentials(account.id);
  return generateRegistrationOptions({
    rpName: brand().name,
    rpID: relyingParty().id,
    userID: userHandle(account.id),
    userName: account.email,
    userDisplayName: fullName(account),
    challenge: createChallenge({ kind: "registration", accountId: account.id, sessionId }),
    attestationType: "none",
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: supportedAlgorithmIds,
    excludeCredentials: credentials.map(credentialDescriptor),
    timeout: 300_000,
  });
}

/** WebAuthn options for signing in with any discoverable passkey; stores nothing. */
export const loginOptions = () => authenticationOptions({ kind: "login" }, []);

/** WebAuthn options for a sign-in that waits for its second factor; null when it expired or the account has no passkey. */
export async function secondFactorOptions(challengeSecret: string | null) {
  if (!challengeSecret) return null;
  const tokenHash = hashSecret(challengeSecret);
  const pending = await withAuthScope({ tokenHash }, async (tx) => {
    const accountId = (await authChallengeBySecret(tx, "second_factor", challengeSecret))?.accountId;
    if (!accountId) return null;
    await setAuthScope(tx, { accountId });
    return { accountId, credentials: await tx.select(credentialColumns).from(passkeys).where(eq(passkeys.accountId, accountId)) };
  }, "read only");
  return pending && pending.credentials.length > 0 ? authenticationOptions({ kind: "login", accountId: pending.accountId }, pending.credentials) : null;
}

/** WebAuthn options for reauthentication with a passkey; null when the account has none. */
export async function reauthenticationOptions({ sessionId, account }: Pick<AccountContext, "sessionId" | "account">) {
  const credentials = await listCredentials(account.id);
  return credentials.length > 0 ? authenticationOptions({ kind: "reauthentication", accountId: account.id, sessionId }, credentials) : null;
}

const authenticationOptions = (purpose: ChallengePurpose, credentials: Credential[]) =>
  generateAuthenticationOptions({
    rpID: relyingParty().id,
    challenge: createChallenge(purpose),
    userVerification: "required",
    allowCredentials: credentials.map(credentialDescriptor),
    timeout: 300_000,
  });
