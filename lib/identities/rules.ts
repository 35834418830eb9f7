import { createHash, createHmac } from "node:crypto";
import { derivedKey, sameSecret } from "@/lib/kernel/secret";
import { Fault } from "@/lib/vocabulary/fault";
import type { Wanted } from "@/lib/vocabulary/entrance";
import { notices } from "@/lib/vocabulary/notices";

export type Errand = "google_sign_in" | "google_link";

/** State, nonce and verifier of one errand: of one secret they differ by purpose, so an answer to one fits no other (SSO-7). */
export function proofsOf(errand: Errand, secret: string) {
  const derive = (part: string) =>
    createHmac("sha256", derivedKey("google")).update(`${errand}\0${part}\0${secret}`).digest("base64url");
  return { state: derive("state"), nonce: derive("nonce"), verifier: derive("verifier") };
}

/** What the browser that holds this secret set out for, if this is the answer to it; null for any other answer. */
export function errandOf(secret: string | null, state: string | null): Errand | null {
  if (!secret || !state) return null;
  const errands = ["google_sign_in", "google_link"] as const;
  return errands.find((errand) => sameSecret(proofsOf(errand, secret).state, state)) ?? null;
}

/** Under what an identity is looked up: whoever was sent by the issuer claims one row, and no address does (SSO-5). */
export const subjectHashOf = ({ issuer, subject }: { issuer: string; subject: string }): Buffer =>
  createHash("sha256").update(`${issuer}\0${subject}`, "utf8").digest();

export type Refusal =
  | "off" | "over" | "cancelled" | "signed-out" | "refused"
  | "unavailable" | "failed" | "unverified" | "taken" | "linked-before" | "unknown";

/** A way to Google and back that led nowhere, why, and where it was to lead; `remark` is for the log. */
export class Refused extends Fault {
  constructor(
    readonly why: Refusal,
    readonly remark = "",
    readonly wanted: Wanted = { path: null },
  ) {
    super("conflict", notices[`google-${why}`] ?? why);
  }
}

/** Whether the person turned back at Google. */
export const isCancelled = (answer: string): boolean => new URLSearchParams(answer).get("error") === "access_denied";

/** What our own refusal of somebody who is back from Google is called: only one that is about time says so (ACC-13). */
export function refusedBy(fault: Fault): Refused {
  if (fault instanceof Refused) return fault;
  if (fault.code === "unauthenticated") return new Refused("signed-out", fault.code);
  if (fault.code === "invalid") return new Refused(fault.fields ? "failed" : "over", fault.code);
  return new Refused("refused", fault.code);
}
