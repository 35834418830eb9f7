import { and, desc, eq, gt, sql } from "drizzle-orm";
import { auditActors, auditEntries, type Change } from "@/db/schema";
import type { Tx } from "@/db/tx";
import type { Actor } from "@/lib/access/actor";
import type { EventName } from "@/lib/shared/events";
import { eventMessage, type EventSubject } from "@/lib/shared/event-messages";
import { isSecretName } from "@/lib/shared/secret-names";
import { selfLabel } from "@/lib/shared/updated-by";

export type AuditEntry = {
  id?: string;
  subject: EventSubject;
  /** The fields that changed, where `before` and `after` do not show all of them. */
  fields?: readonly string[];
  site?: { id: string; name: string };
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  note?: string;
};

/** What an audit entry says about a secret, instead of its value. */
export const secretStates = { missing: "not set", set: "set", replaced: "replaced" } as const;

const isSecretState = (value: unknown) => Object.values<unknown>(secretStates).includes(value);

/** Returns the fields that differ, with the values of both sides, or null when nothing changed. */
export function diff({ before, after }: Pick<AuditEntry, "before" | "after">): Change | null {
  for (const [name, value] of [...Object.entries(before ?? {}), ...Object.entries(after ?? {})]) {
    if (isSecretName(name) && !isSecretState(value)) throw new Error(`The field ${name} must not enter the audit log`);
  }
  if (!before || !after) return before || after ? { before, after } : null;
  const names = Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  const pick = (side: Record<string, unknown>) => Object.fromEntries(names.map((name) => [name, side[name]]));
  return names.length > 0 ? { before: pick(before), after: pick(after) } : null;
}

/** The names of the fields that differ; none where something was created or deleted. */
export const changedFields = (change: Change | null): string[] => (change?.before && change.after ? Object.keys(change.after) : []);

/** Writes one entry of an organization's audit log and updates the stored name of the actor. */
export const writeAuditEntry = (tx: Tx, actor: Actor, name: EventName, entry: AuditEntry, orgId = actor.orgId): Promise<void> =>
  writeAuditEntries(tx, actor, name, [entry], orgId);

/** Writes entries of one event, at most 4,000, in one statement. */
export async function writeAuditEntries(tx: Tx, actor: Actor, name: EventName, entries: readonly AuditEntry[], orgId = actor.orgId): Promise<void> {
  if (entries.length === 0) return;
  const person = { kind: actor.kind, name: actor.name, email: actor.email };
  await tx
    .insert(auditActors)
    .values({ organizationId: orgId, actorId: actor.id, ...person })
    .onConflictDoUpdate({
      target: [auditActors.organizationId, auditActors.actorId],
      set: person,
      setWhere: sql`(${auditActors.name}, ${auditActors.email}) is distinct from (excluded.name, excluded.email)`,
    });
  await tx.insert(auditEntries).values(entries.map((entry) => entryRow(actor, name, entry, orgId)));
}

function entryRow(actor: Actor, name: EventName, entry: AuditEntry, orgId: string): typeof auditEntries.$inferInsert {
  const { id, subject, site, note } = entry;
  const change = diff(entry);
  const { ipAddress, userAgent, requestId } = actor.origin;
  return {
    id,
    organizationId: orgId,
    actorId: actor.id,
    actorKind: actor.kind,
    siteId: site?.id,
    siteName: site?.name,
    name,
    subjectId: subject.id,
    message: eventMessage(name, subject.label, note, entry.fields ?? changedFields(change)),
    change,
    ipAddress,
    userAgent,
    requestId,
  };
}

/** Returns who saved the subject last within a day: a name, or the label for the actor's own saves. */
export async function lastUpdatedBy(tx: Tx, actor: Actor, subjectId: string, name: EventName): Promise<string | undefined> {
  const recent = gt(auditEntries.occurredAt, sql`now() - interval '1 day'`);
  const [save] = await tx
    .select({ id: auditActors.actorId, by: auditActors.name })
    .from(auditEntries)
    .innerJoin(auditActors, eq(auditActors.actorId, auditEntries.actorId))
    .where(and(eq(auditEntries.subjectId, subjectId), eq(auditEntries.name, name), recent))
    .orderBy(desc(auditEntries.occurredAt))
    .limit(1);
  return save?.id === actor.id ? selfLabel : save?.by;
}
