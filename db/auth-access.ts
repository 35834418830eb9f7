import "server-only";
import { sql } from "drizzle-orm";
import { type AccessMode, runTransaction } from "@/db/transaction";
import type { Tx } from "@/db/tx";

/** What row security lets an authentication transaction see. */
export type AuthScope = { accountId?: string; email?: string; tokenHash?: Buffer; invitationId?: string; mspId?: string };

/** Runs an authentication transaction: it sees the accounts, sessions and tokens of one scope. */
export function withAuthScope<T>(scope: AuthScope, work: (tx: Tx) => Promise<T>, mode: AccessMode = "read write"): Promise<T> {
  return runTransaction({ role: "auth", accessMode: mode, variables: sessionVariables(scope) }, work);
}

const sessionVariables = ({ accountId = "", email = "", tokenHash, invitationId = "", mspId = "" }: AuthScope) => ({
  "app.account_id": accountId,
  "app.email": email,
  "app.token_hash": tokenHash?.toString("hex") ?? "",
  "app.invitation_id": invitationId,
  "app.msp_id": mspId,
});

/** Changes the scope of an authentication transaction, once the account is known. */
export async function setAuthScope(tx: Tx, { accountId = "", email = "", tokenHash, invitationId = "", mspId = "" }: AuthScope) {
  await tx.execute(
    sql`select set_config('app.account_id', ${accountId}, true), set_config('app.email', ${email}, true),
        set_config('app.token_hash', ${tokenHash?.toString("hex") ?? ""}, true), set_config('app.invitation_id', ${invitationId}, true),
        set_config('app.msp_id', ${mspId}, true)`,
  );
}

/** Runs a worker transaction across organizations (email outbox, audit log partitions), and within one when it is given. */
export function withWorkerScope<T>(work: (tx: Tx) => Promise<T>, orgId?: string | null): Promise<T> {
  const variables: Record<string, string> = orgId ? { "app.org_id": orgId, "app.all_sites": "on" } : {};
  return runTransaction({ role: "worker", accessMode: "read write", variables }, work);
}

/** Runs a read-only transaction for the mailbox of a trial installation. */
export function withCapturedEmails<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return runTransaction({ role: "auth", accessMode: "read only", variables: {} }, work);
}
