import { createHmac, randomBytes } from "node:crypto";
import { verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";
import { decodeAttestationObject } from "@simplewebauthn/server/helpers";
import { env } from "@/lib/env";
import { derivedKey, sameSecret } from "@/lib/kernel/secret";
import type { NewKey, Signature } from "@/lib/passkeys/schema";
import { Fault } from "@/lib/vocabulary/fault";
import type { FormValues } from "@/lib/vocabulary/result";

const timeBytes = 6;
const randomPart = 16;
const headBytes = timeBytes + randomPart;
const macBytes = 32;
const validMs = 5 * 60_000;
/** How far the clocks of two servers may be apart. */
const skewMs = 30_000;

export const mostPasskeys = 20;

/** EdDSA, ES256 and RS256: what authenticators sign with. */
export const algorithms = [-8, -7, -257];

/** Whom passkeys are made for: the one origin and host that people know this portal by. */
export const relyingParty = () => ({ origin: env().APP_URL, id: new URL(env().APP_URL).hostname });

/** What a passkey is asked to sign: making one or confirming who one is, in one session, or coming in, to one account or to any. */
export type Asked = { kind: "add" | "confirm"; accountId: string; sessionId: string } | { kind: "enter"; accountId?: string };

const subjectOf = (asked: Asked) =>
  asked.kind === "enter" ? `enter ${asked.accountId ?? "anybody"}` : `${asked.kind} ${asked.accountId} ${asked.sessionId}`;

const macOf = (head: Uint8Array, asked: Asked) =>
  createHmac("sha256", derivedKey("passkeys")).update(head).update(subjectOf(asked)).digest();

/** A challenge that proves by itself that we made it, when, and for what: nothing is stored until it is answered (ACC-16). */
export function newChallenge(asked: Asked, now = Date.now()): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(headBytes);
  head.writeUIntBE(now, 0, timeBytes);
  randomBytes(randomPart).copy(head, timeBytes);
  return new Uint8Array([...head, ...macOf(head, asked)]);
}

/** Whether a challenge that came back is one that we made for this, and not more than five minutes ago. */
export function judgeChallenge(challenge: string, asked: Asked, now = Date.now()): "open" | "over" | "foreign" {
  const bytes = Buffer.from(challenge, "base64url");
  if (bytes.length !== headBytes + macBytes || bytes.toString("base64url") !== challenge) return "foreign";
  const head = bytes.subarray(0, headBytes);
  if (!sameSecret(bytes.subarray(headBytes), macOf(head, asked))) return "foreign";
  const age = now - head.readUIntBE(0, timeBytes);
  return age >= -skewMs && age <= validMs ? "open" : "over";
}

/** Whether a passkey counted on since it was last used; many do not count and always say 0. */
export const countsOn = (kept: number, given: number): boolean => given > kept || (kept === 0 && given === 0);

/** An account as a passkey holds it: the 16 bytes of its id. */
export const handleOf = (accountId: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(accountId.replaceAll("-", ""), "hex"));

/** The account that a passkey says it is for; null when that is none of ours. */
export function accountIn(handle: string | undefined): string | null {
  const bytes = Buffer.from(handle ?? "", "base64url");
  if (bytes.length !== 16) return null;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export type CheckedKey = { credentialId: Buffer; publicKey: Buffer; counter: number; backedUp: boolean };

/**
 * What a new passkey is made of, if it answers our challenge on our page with its device unlocked; null for any other.
 * Nobody is to vouch for the device: what comes with certificates is refused before anything looks those up elsewhere.
 */
export async function checkNewKey(key: NewKey, expected: (challenge: string) => boolean): Promise<CheckedKey | null> {
  try {
    const { fmt, statement } = statementOf(key.response.attestationObject);
    if (fmt !== "none" && (fmt !== "packed" || statement.get("x5c"))) return null;
    const { origin, id } = relyingParty();
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { ...key, clientExtensionResults: {} },
      expectedChallenge: expected,
      expectedOrigin: origin,
      expectedRPID: id,
      supportedAlgorithmIDs: algorithms,
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

function statementOf(attestationObject: string) {
  const decoded = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, "base64url")));
  return { fmt: decoded.get("fmt"), statement: decoded.get("attStmt") };
}

/** What a passkey says by its signature, if it is this one, unlocked, on our page; its counter is judged apart. */
export async function checkSignature(signature: Signature, publicKey: Uint8Array, expected: (challenge: string) => boolean) {
  try {
    const { origin, id } = relyingParty();
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...signature, clientExtensionResults: {} },
      expectedChallenge: expected,
      expectedOrigin: origin,
      expectedRPID: id,
      credential: { id: signature.id, publicKey: new Uint8Array(publicKey), counter: 0 },
    });
    return verified ? { counter: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp } : null;
  } catch {
    return null;
  }
}

/** The challenge that an answer says it is for, before anything about it is believed. */
export function challengeIn({ response }: { response: { clientDataJSON: string } }): string {
  try {
    const { challenge } = JSON.parse(Buffer.from(response.clientDataJSON, "base64url").toString("utf8"));
    return String(challenge);
  } catch {
    return "";
  }
}

/** Refuses a form that was sent before the page was ready to open the browser's dialog, in words that fit. */
export function requireAnswer({ answer }: FormValues): void {
  if (!answer) throw new Fault("invalid", "The page was still loading. Press the button once more");
}
