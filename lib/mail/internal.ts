import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { withWorkerScope } from "@/db/auth-access";
import { emailOutbox } from "@/db/schema";
import { recordUndeliverableInvitation } from "@/lib/invitations/internal";
import { uuidArray } from "@/lib/kernel/keyset-pagination";

/** How long a claimed email belongs to the worker that delivers it, unless the worker renews the claim. */
const claimSeconds = 10;
export const renewClaimsEveryMs = 3_000;

const fromNow = (seconds: number) => sql`now() + make_interval(secs => ${seconds})`;

const claimed = {
  id: emailOutbox.id,
  template: emailOutbox.template,
  recipient: emailOutbox.recipient,
  encryptedProps: emailOutbox.encryptedProps,
  attempts: emailOutbox.attempts,
  createdAt: emailOutbox.createdAt,
  invitedOrgId: emailOutbox.invitedOrgId,
  membershipId: emailOutbox.membershipId,
};

export type ClaimedEmail = Awaited<ReturnType<typeof claimEmails>>[number];

/**
 * Claims emails that are due, each by one worker at a time. Of each recipient only the oldest queued email is due, so
 * that emails arrive in order; those that this worker still delivers are left out.
 */
export const claimEmails = (limit: number, delivering: readonly string[] = []) =>
  withWorkerScope((tx) => {
    const due = sql`select e.id from ${emailOutbox} e
      where e.status = 'queued' and e.next_attempt_at <= now() and e.id <> all(${uuidArray(delivering)})
        and not exists (
          select from ${emailOutbox} earlier
          where earlier.recipient = e.recipient and earlier.status = 'queued' and (earlier.created_at, earlier.id) < (e.created_at, e.id))
      order by e.next_attempt_at limit ${limit} for update skip locked`;
    return tx
      .update(emailOutbox)
      .set({ attempts: sql`${emailOutbox.attempts} + 1`, nextAttemptAt: fromNow(claimSeconds) })
      .where(inArray(emailOutbox.id, sql`(${due})`))
      .returning(claimed);
  });

/** Keeps the claims of emails whose delivery takes longer. */
export const renewClaims = (ids: readonly string[]) =>
  withWorkerScope((tx) =>
    tx
      .update(emailOutbox)
      .set({ nextAttemptAt: fromNow(claimSeconds) })
      .where(and(sql`${emailOutbox.id} = any(${uuidArray(ids)})`, eq(emailOutbox.status, "queued"))),
  );

/** How an attempt ended: the service took the email, refused it for good, or it is tried again later. */
export type DeliveryResult = { status: "sent" } | { status: "failed"; reason: string } | { status: "queued"; reason: string; retrySeconds: number };

/** Stores the result of an attempt; a refused email marks its invitation. */
export const storeResult = ({ id, attempts, invitedOrgId, membershipId }: ClaimedEmail, result: DeliveryResult) =>
  withWorkerScope(async (tx) => {
    // If the attempts differ, another worker has claimed the email since; a sent result is stored all the same.
    const isStillClaimed = result.status === "sent" ? undefined : eq(emailOutbox.attempts, attempts);
    const stored = await tx
      .update(emailOutbox)
      .set(columnsOf(result))
      .where(and(eq(emailOutbox.id, id), eq(emailOutbox.status, "queued"), isStillClaimed))
      .returning({ id: emailOutbox.id });
    if (stored.length > 0 && result.status === "failed" && invitedOrgId && membershipId) {
      await recordUndeliverableInvitation(tx, { orgId: invitedOrgId, membershipId, emailId: id });
    }
  }, invitedOrgId);

function columnsOf(result: DeliveryResult) {
  if (result.status === "sent") return { status: result.status, encryptedProps: null, sentAt: sql`now()`, lastError: null };
  const lastError = result.reason.slice(0, 300);
  if (result.status === "failed") return { status: result.status, encryptedProps: null, lastError };
  return { lastError, nextAttemptAt: fromNow(result.retrySeconds) };
}
