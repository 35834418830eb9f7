import { sql } from "drizzle-orm";
import { v7 } from "uuid";
import { accessDenials } from "@/db/schema";
import type { Tx } from "@/db/tx";
import type { Actor } from "@/lib/access/actor";
import { writeAuditEntry } from "@/lib/kernel/audit";
import { expectOne } from "@/lib/kernel/expect-one";
import type { EventSubject } from "@/lib/shared/event-messages";
import { type Permission, permissionWords } from "@/lib/shared/permissions";

const currentQuarterHour = sql`date_bin('15 minutes', now(), timestamptz '2000-01-01 00:00Z')`;

/** Records that something was refused: the first time in a quarter-hour as an entry, then by its count. */
export async function recordDenial(tx: Tx, actor: Actor, subject: EventSubject) {
  const { organizationId, actorId, refused, startsAt, entryId, times } = accessDenials;
  const denial = await expectOne(
    tx
      .insert(accessDenials)
      .values({ organizationId: actor.orgId, actorId: actor.id, refused: subject.label, startsAt: currentQuarterHour, entryId: v7() })
      .onConflictDoUpdate({ target: [organizationId, actorId, refused, startsAt], set: { times: sql`${times} + 1` } })
      .returning({ entryId, times }),
  );
  if (denial.times === 1) await writeAuditEntry(tx, actor, "access.denied", { id: denial.entryId, subject });
}

/** The subject of the entry about a permission that an actor lacks. */
export const deniedPermission = (actor: Actor, permission: Permission): EventSubject => ({ id: actor.id, label: permissionWords(permission) });
