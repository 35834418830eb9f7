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

/** What a browser may be told of an account, so that it offers no passkey that was removed: what is kept now, and for whom. */
export const keptFor = ({ id, email, firstName, lastName }: Self["account"], held: readonly Passkey[]) => ({
  at: Date.now(),
  rpId: relyingParty().id,
  userId: Buffer.from(handleOf(id)).toString("base64url"),
  name: email,
  displayName: `${firstName} ${lastName}`,
  credentialIds: held.map(({ credentialId }) => Buffer.from(credentialId).toString("base64url")),
});

const credentialColumns = { credentialId: passkeys.credentialId, transports: passkeys.transports };
type Credential = { credentialId: Uint8Array; transports: string[] };

const credentialsOf = (accountId: string) =>
  asVisitor({ accountId }, (tx) => tx.select(credentialColumns).from(passkeys).where(eq(passkeys.accountId, accountId)), "read only");

const described = ({ credentialId, transports }: Credential) => ({
  id: Buffer.from(credentialId).toString("base64url"),
  transports,
});

/** What a browser needs to make a passkey for this account, other than those it has; looking stores nothing. */
export async function offerToAdd({ sessionId, account }: Pick<Self, "sessionId" | "account">) {
  const held = await credentialsOf(account.id);
  return generateRegistrationOptions({
    rpName: brand().name,
    rpID: relyingParty().id,
    userID: handleOf(account.id),
    userName: account.email,
    userDisplayName: `${account.firstName} ${account.lastName}`,
    challenge: newChallenge({ kind: "add", accountId: account.id, sessionId }),
    attestationType: "none",
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: held.map(described),
    timeout: 300_000,
  });
}

/** What a browser needs to sign in with whichever passkey its person chooses; looking stores nothing. */
export const offerToEnter = () => offerFor({ kind: "enter" }, []);

/** The same for a sign-in that waits for its second factor; null when it is over or its account has no passkey. */
export async function offerToGoOn(begun: string | null) {
  if (!begun) return null;
  const linkHash = hashSecret(begun);
  const found = await asVisitor({ linkHash }, async (tx) => {
    const accountId = (await challengeOf(tx, "second_factor", begun))?.accountId;
    if (!accountId) return null;
    await narrow(tx, { accountId });
    return { accountId, held: await tx.select(credentialColumns).from(passkeys).where(eq(passkeys.accountId, accountId)) };
  }, "read only");
  return found && found.held.length > 0 ? offerFor({ kind: "enter", accountId: found.accountId }, found.held) : null;
}

/** What a browser needs to confirm with a passkey who is signed in there; null where the account has none (SES-11). */
export async function offerToConfirm({ sessionId, account }: Pick<Self, "sessionId" | "account">) {
  const held = await credentialsOf(account.id);
  return held.length > 0 ? offerFor({ kind: "confirm", accountId: account.id, sessionId }, held) : null;
}

const offerFor = (asked: Asked, held: Credential[]) =>
  generateAuthenticationOptions({
    rpID: relyingParty().id,
    challenge: newChallenge(asked),
    userVerification: "required",
    allowCredentials: held.map(described),
    timeout: 300_000,
  });
