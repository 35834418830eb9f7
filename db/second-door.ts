import "server-only";
import { sql } from "drizzle-orm";
import { type AccessMode, runTransaction } from "@/db/transaction";
import type { Tx } from "@/db/tx";

/** Whom a visitor claims to be; rows of anybody else stay out of sight. */
export type Claim = { accountId?: string; email?: string; linkHash?: Buffer; invitationId?: string };

/** The way in for people who are not in an organization yet: accounts, sessions and links of one claim. */
export function asVisitor<T>(claim: Claim, work: (tx: Tx) => Promise<T>, mode: AccessMode = "read write"): Promise<T> {
  return runTransaction({ role: "auth", accessMode: mode, variables: settingsOf(claim) }, work);
}

const settingsOf = ({ accountId = "", email = "", linkHash, invitationId = "" }: Claim) => ({
  "app.account_id": accountId,
  "app.email": email,
  "app.link": linkHash?.toString("hex") ?? "",
  "app.invitation_id": invitationId,
});

/** Changes what a visitor's transaction sees, once it is known who the link or the address belongs to. */
export async function narrow(tx: Tx, { accountId = "", email = "", linkHash, invitationId = "" }: Claim) {
  await tx.execute(
    sql`select set_config('app.account_id', ${accountId}, true), set_config('app.email', ${email}, true),
        set_config('app.link', ${linkHash?.toString("hex") ?? ""}, true), set_config('app.invitation_id', ${invitationId}, true)`,
  );
}

/** The worker's own rows across organizations: the outbox and the partitions of the audit log. */
export function asWorker<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return runTransaction({ role: "worker", accessMode: "read write", variables: {} }, work);
}

/** The letters of the trial mailbox, newest first; the page that shows them exists on a trial only. */
export function readingMailbox<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return runTransaction({ role: "auth", accessMode: "read only", variables: {} }, work);
}
