import { applications, type ApplicationName } from "@/lib/shared/applications";
import { AppError } from "@/lib/shared/app-error";
import { flashMessage } from "@/lib/shared/flash-messages";

export type AccountLinkErrorReason = "off" | "over" | "cancelled" | "other-account" | "unavailable" | "failed" | "refused";

/** Why an account was not linked; `detail` is for the log only. */
export class AccountLinkError extends AppError {
  constructor(
    readonly reason: AccountLinkErrorReason,
    readonly detail = "",
  ) {
    super("conflict", flashMessage(`account-link-${reason}`) ?? reason);
  }
}

/** The purpose of an OAuth flow: its callback links an account of this application with this organization only. */
export const linkPurpose = (orgId: string, application: ApplicationName): string => `account_link/${orgId}/${application}`;

/** The context to which the tokens of a linked account are encrypted, also while they wait to be revoked. */
export const tokensAad = (id: string): string => `linked_accounts/${id}`;

/** A linked account as the subject of an audit entry. */
export const auditSubject = ({ id, application, name }: { id: string; application: ApplicationName; name: string }) => ({
  id,
  label: `${applications[application]} account ${name}`,
});

const minutes = 60;
const refreshBefore = 10 * minutes;

/** Seconds until tokens are refreshed: ten minutes before they expire, or after half of a shorter life; null when they do not expire. */
export function refreshAfter(expiresIn: number | undefined, isRefreshable: boolean): number | null {
  if (expiresIn === undefined) return null;
  return isRefreshable ? Math.max(Math.floor(expiresIn / 2), expiresIn - refreshBefore) : expiresIn;
}

const dayMs = 86_400_000;

/** Whether a failed refresh ends the link: the refresh token is refused, or the tokens expired more than a day ago. */
export const isRefusal = (remark: string, expiresAt: Date | null, now = Date.now()): boolean =>
  remark === "invalid_grant" || (expiresAt !== null && now - expiresAt.getTime() > dayMs);

/** How long tokens that cannot be revoked are retried, in days. */
export const revocationDays = 7;
