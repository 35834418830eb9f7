import { createHmac, randomBytes } from "node:crypto";
import { verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";
import { decodeAttestationObject } from "@simplewebauthn/server/helpers";
import { env } from "@/lib/env";
import { deriveKey, constantTimeEqual } from "@/lib/kernel/secrets";
import type { RegistrationAnswer, AuthenticationAnswer } from "@/lib/passkeys/schema";
import { AppError } from "@/lib/shared/app-error";
import type { FormValues } from "@/lib/shared/form-state";

const timeLength = 6;
const randomBytesLength = 16;
const headLength = timeLength + randomBytesLength;
const macLength = 32;
const challengeLifetimeMs = 5 * 60_000;
/** Tolerated clock difference between two servers. */
const clockSkewMs = 30_000;

export const maxPasskeys = 20;

/** COSE ids of EdDSA, ES256 and RS256. */
export const supportedAlgorithmIds = [-8, -7, -257];

/** The WebAuthn relying party: origin and host of the portal. */
export const relyingParty = () => ({ origin: env().APP_URL, id: new URL(env().APP_URL).hostname });

/** What a challenge is issued for; it is bound to a session, or for sign-in to one account or to none. */
export type ChallengePurpose = { kind: "registration" | "reauthentication"; accountId: string; sessionId: string } | { kind: "login"; accountId?: string };

const macInput = (purpose: ChallengePurpose) =>
  purpose.kind === "login" ? `login ${purpose.accountId ?? "any"}` : `${purpose.kind} ${purpose.accountId} ${purpose.sessionId}`;

const challengeMac = (head: Uint8Array, purpose: ChallengePurpose) =>
  createHmac("sha256", deriveKey("passkeys")).update(head).update(macInput(purpose)).digest();

/** Creates a challenge that carries its time and a MAC over its purpose, so that nothing needs to be stored. */
export function createChallenge(purpose: ChallengePurpose, now = Date.now()): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(headLength);
  head.writeUIntBE(now, 0, timeLength);
  randomBytes(randomBytesLength).copy(head, timeLength);
  return new Uint8Array([...head, ...challengeMac(head, purpose)]);
}

/** Checks that a returned challenge was issued for this purpose within the last five minutes. */
export function verifyChallenge(challenge: string, purpose: ChallengePurpose, now = Date.now()): "valid" | "expired" | "invalid" {
  const bytes = Buffer.from(challenge, "base64url");
  if (bytes.length !== headLength + macLength || bytes.toString("base64url") !== challenge) return "invalid";
  const head = bytes.subarray(0, headLength);
  if (!constantTimeEqual(bytes.subarray(headLength), challengeMac(head, purpose))) return "invalid";
  const age = now - head.readUIntBE(0, timeLength);
  return age >= -clockSkewMs && age <= challengeLifetimeMs ? "valid" : "expired";
}

/** Whether the signature counter increased; authenticators without a counter always send 0. */
export const isCounterValid = (stored: number, received: number): boolean => received > stored || (stored === 0 && received === 0);

/** The WebAuthn user handle of an account: the 16 bytes of its id. */
export const userHandle = (accountId: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(accountId.replaceAll("-", ""), "hex"));

/** The account id in a user handle; null when the handle is malformed. */
export function accountIdFromHandle(handle: string | undefined): string | null {
  const bytes = Buffer.from(handle ?? "", "base64url");
  if (bytes.length !== 16) return null;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export type VerifiedRegistration = { credentialId: Buffer; publicKey: Buffer; counter: number; backedUp: boolean };

/**
 * Verifies a registration with user verification and returns the credential; null when it is invalid. Attestation
 * certificates are refused beforehand, because the library would fetch revocation lists for them.
 */
export async function verifyRegistration(answer: RegistrationAnswer, isExpected: (challenge: string) => boolean): Promise<VerifiedRegistration | null> {
  try {
    const { fmt, statement } = decodeAttestation(answer.response.attestationObject);
    if (fmt !== "none" && (fmt !== "packed" || statement.get("x5c"))) return null;
    const { origin, id } = relyingParty();
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { ...answer, clientExtensionResults: {} },
      expectedChallenge: isExpected,
      expectedOrigin: origin,
      expectedRPID: id,
      supportedAlgorithmIDs: supportedAlgorithmIds,
    });
    if (!verified) return null;
    const { credential, credentialBackedUp: backedUp } = registrationInfo;
    return {
      credentialId: Buffer.from(credential.id, "base64url"),
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      backedUp,
    };
  } catch {
    return null;
  }
}

function decodeAttestation(attestationObject: string) {
  const decoded = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, "base64url")));
  return { fmt: decoded.get("fmt"), statement: decoded.get("attStmt") };
}

/** Verifies a signature with user verification; null when it is invalid. The caller checks the counter. */
export async function verifyAuthentication(answer: AuthenticationAnswer, publicKey: Uint8Array, isExpected: (challenge: string) => boolean) {
  try {
    const { origin, id } = relyingParty();
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...answer, clientExtensionResults: {} },
      expectedChallenge: isExpected,
      expectedOrigin: origin,
      expectedRPID: id,
      credential: { id: answer.id, publicKey: new Uint8Array(publicKey), counter: 0 },
    });
    return verified ? { counter: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp } : null;
  } catch {
    return null;
  }
}

/** The challenge in the unverified client data; empty when it cannot be parsed. */
export function challengeFromClientData({ response }: { response: { clientDataJSON: string } }): string {
  try {
    const { challenge } = JSON.parse(Buffer.from(response.clientDataJSON, "base64url").toString("utf8"));
    return String(challenge);
  } catch {
    return "";
  }
}

/** Refuses a form that was submitted before the page script could open the browser's passkey dialog. */
export function requirePasskeyAnswer({ answer }: FormValues): void {
  if (!answer) throw new AppError("invalid", "The page was still loading. Press the button again");
}
