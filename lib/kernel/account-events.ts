import { eq, sql } from "drizzle-orm";
import { v7 } from "uuid";
import { accountEvents, accounts } from "@/db/schema";
import type { Tx } from "@/db/tx";
import type { Actor, RequestMetadata } from "@/lib/access/actor";
import { changedFields, diff, type AuditEntry, writeAuditEntry } from "@/lib/kernel/audit";
import type { EventName } from "@/lib/shared/events";
import { fullName } from "@/lib/shared/person-name";

export type AccountIdentity = { id: string; email: string; firstName: string; lastName: string };

/** The actor of an account event that the account owner did not cause. */
export type SystemOrStaffActor = Pick<Actor, "id" | "name"> & { kind: "system" | "staff" };

export type AccountEventDetails = Pick<AuditEntry, "before" | "after"> & {
  id?: string;
  /** Text after the event message; the second form differs per organization. */
  note?: string;
  noteForOrg?: (orgId: string) => string;
  performedBy?: SystemOrStaffActor;
};

/** Returns an account as the actor of its own events, without an organization. */
export const accountActor = ({ id, email, firstName, lastName }: AccountIdentity) =>
  ({ kind: "account", id, name: fullName({ firstName, lastName }), email, membershipId: null, grants: [] }) as const;

/** The fields of an account whose values its organizations may see in their logs; of all others they see only that they changed. */
const sharedFields = new Set(["email", "firstName", "lastName", "hourCycle", "macFormat", "name", "synced", "timeZone", "twoFactor", "usageAnalysis", "userGroup"]);

const shared = (values: Record<string, unknown> | undefined) => values && Object.fromEntries(Object.entries(values).filter(([field]) => sharedFields.has(field)));

/** The origin of what no request caused. */
export const noRequest: RequestMetadata = { ipAddress: null, userAgent: null, requestId: null };

/** Returns the system or a staff member as the actor of an audit entry, without an organization. */
export const agentActor = (agent: SystemOrStaffActor) => ({ ...agent, email: null, membershipId: null, grants: [] });

/** Records an event in the account history and in the audit log of each of its organizations, once per id. */
export async function recordAccountEvent(tx: Tx, person: AccountIdentity, origin: RequestMetadata, name: EventName, details: AccountEventDetails = {}) {
  const { id = v7(), note = "", noteForOrg = () => note, performedBy, before, after } = details;
  const { id: accountId, email } = person;
  const { ipAddress, userAgent } = origin;
  const change = diff({ before, after });
  const detail = note || performedBy || change ? { ...(note ? { note } : {}), ...(performedBy ? { by: performedBy.name } : {}), ...change } : null;
  if (!(await insertAccountEvent(tx, { id, accountId, name, detail, ipAddress, userAgent }))) return;
  // Row security would refuse the entry of an organization whose membership is revoked meanwhile.
  const orgs = await tx.execute<{ id: string }>(sql`
    select organization_id as id from memberships where account_id = ${accountId} order by organization_id for key share`);
  const actor = performedBy ? agentActor(performedBy) : accountActor(person);
  for (const org of orgs) {
    const values = { before: shared(before), after: shared(after), fields: changedFields(change) };
    const entry = { subject: { id: accountId, label: email }, note: noteForOrg(org.id), ...values };
    await writeAuditEntry(tx, { ...actor, orgId: org.id, origin }, name, entry);
  }
}

/** Inserts an event of an account once per id; false when it was there, or the account is gone. */
async function insertAccountEvent(tx: Tx, event: typeof accountEvents.$inferInsert): Promise<boolean> {
  // Waits for a concurrent deletion of the account.
  const [account] = await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, event.accountId)).for("key share");
  if (!account) return false;
  const inserted = await tx.insert(accountEvents).values(event).onConflictDoNothing({ target: accountEvents.id }).returning({ id: accountEvents.id });
  return inserted.length > 0;
}

/** Records an event by staff in the account history only, because it concerns none of its organizations. */
export async function recordPrivateEvent(tx: Tx, accountId: string, name: EventName, note: string, staff: SystemOrStaffActor) {
  await insertAccountEvent(tx, { accountId, name, detail: { note, by: staff.name } });
}

/** Records an event in the account history of every member of the actor's organization, and in no log. */
export async function recordMemberEvents(tx: Tx, { origin: { ipAddress, userAgent } }: Pick<Actor, "origin">, name: EventName, note: string) {
  await tx.execute(sql`select record_member_events(${name}, ${note}, ${ipAddress}::inet, ${userAgent})`);
}
