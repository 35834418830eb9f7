import { createHash } from "node:crypto";
import { isStateOf } from "@/lib/kernel/oauth-params";
import { AppError } from "@/lib/shared/app-error";
import { flashMessage } from "@/lib/shared/flash-messages";

export type OAuthPurpose = "google_sign_in" | "google_link";

/** The purpose that this secret and state belong to, or null. */
export function purposeFromState(secret: string | null, state: string | null): OAuthPurpose | null {
  if (!secret || !state) return null;
  const purposes = ["google_sign_in", "google_link"] as const;
  return purposes.find((purpose) => isStateOf(purpose, secret, state)) ?? null;
}

/** The lookup key of an identity: a hash of issuer and subject, independent of the email. */
export const hashSubject = ({ issuer, subject }: { issuer: string; subject: string }): Buffer =>
  createHash("sha256").update(`${issuer}\0${subject}`, "utf8").digest();

export type OAuthErrorReason =
  | "off" | "over" | "cancelled" | "signed-out" | "refused"
  | "unavailable" | "failed" | "unverified" | "taken" | "linked-before" | "unknown";

/** A failed OAuth flow; `detail` is for the log only. */
export class OAuthError extends AppError {
  constructor(
    readonly reason: OAuthErrorReason,
    readonly detail = "",
  ) {
    super("conflict", flashMessage(`google-${reason}`) ?? reason);
  }
}

/** Maps any error of the callback to an OAuth error. */
export function toOAuthError(error: AppError): OAuthError {
  if (error instanceof OAuthError) return error;
  if (error.code === "unauthenticated") return new OAuthError("signed-out", error.code);
  if (error.code === "invalid") return new OAuthError(error.fields ? "failed" : "over", error.code);
  return new OAuthError("refused", error.code);
}
