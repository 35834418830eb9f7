import { createHash, createHmac } from "node:crypto";
import { derivedKey, sameSecret } from "@/lib/kernel/secret";
import { Fault } from "@/lib/vocabulary/fault";
import type { Wanted } from "@/lib/vocabulary/entrance";
import { notices } from "@/lib/vocabulary/notices";

export type Errand = "google_sign_in" | "google_link";

/** State, nonce and PKCE verifier, derived from the secret and the purpose: a callback fits only its own purpose. */
export function proofsOf(purpose: Errand, secret: string) {
  const derive = (part: string) =>
    createHmac("sha256", derivedKey("google")).update(`${purpose}\0${part}\0${secret}`).digest("base64url");
  return { state: derive("state"), nonce: derive("nonce"), verifier: derive("verifier") };
}

/** The purpose that this secret and state belong to, or null. */
export function errandOf(secret: string | null, state: string | null): Errand | null {
  if (!secret || !state) return null;
  const purposes = ["google_sign_in", "google_link"] as const;
  return purposes.find((purpose) => sameSecret(proofsOf(purpose, secret).state, state)) ?? null;
}

/** The lookup key of an identity: a hash of issuer and subject, independent of the email. */
export const subjectHashOf = ({ issuer, subject }: { issuer: string; subject: string }): Buffer =>
  createHash("sha256").update(`${issuer}\0${subject}`, "utf8").digest();

export type Refusal =
  | "off" | "over" | "cancelled" | "signed-out" | "refused"
  | "unavailable" | "failed" | "unverified" | "taken" | "linked-before" | "unknown";

/** A failed OAuth flow; `detail` is for the log only. */
export class Refused extends Fault {
  constructor(
    readonly why: Refusal,
    readonly remark = "",
    readonly wanted: Wanted = { path: null },
  ) {
    super("conflict", notices[`google-${why}`] ?? why);
  }
}

/** Whether the user cancelled at Google. */
export const isCancelled = (answer: string): boolean => new URLSearchParams(answer).get("error") === "access_denied";

/** Maps any error of the callback to an OAuth error. */
export function refusedBy(error: Fault): Refused {
  if (error instanceof Refused) return error;
  if (error.code === "unauthenticated") return new Refused("signed-out", error.code);
  if (error.code === "invalid") return new Refused(error.fields ? "failed" : "over", error.code);
  return new Refused("refused", error.code);
}
