import { enqueue } from "@/db/queue";
import type { QueueName } from "@/db/queue-config";
import type { Tx } from "@/db/tx";
import type { EmailName } from "@/emails";
import type { Actor } from "@/lib/access/actor";
import { recordMemberEvents } from "@/lib/kernel/account-events";
import { diff, type AuditEntry, writeAuditEntry } from "@/lib/kernel/audit";
import { type OutboxEmail, enqueueEmail } from "@/lib/kernel/email-outbox";
import type { EventName } from "@/lib/shared/events";

// Recorded also without a visible difference: the change can concern sites that the actor cannot see.
const alwaysRecorded: readonly EventName[] = ["administrator.updated"];

/** Creates what a command gets to record audit entries, send mail and enqueue jobs in its transaction. */
export function createContext(tx: Tx, actor: Actor) {
  let entries = 0;
  return {
    async record(name: EventName, entry: AuditEntry) {
      entries += 1;
      const unchanged = entry.before && entry.after && !diff(entry);
      if (!unchanged || alwaysRecorded.includes(name)) await writeAuditEntry(tx, actor, name, entry);
    },
    /** Records an event in the account history of every member of the organization, where its own log does not last. */
    async recordForMembers(name: EventName, note: string) {
      entries += 1;
      await recordMemberEvents(tx, actor, name, note);
    },
    mail: <N extends EmailName>(mail: OutboxEmail<N>) => enqueueEmail(tx, mail),
    enqueue: (name: QueueName, payload: Record<string, string>) => enqueue(tx, name, payload),
    /** States that nothing was changed, so that nothing has to be recorded. */
    nothingChanged() {
      entries += 1;
    },
    close() {
      if (entries === 0) throw new Error("A command must record what it did");
    },
  };
}

export type OperationContext = ReturnType<typeof createContext>;
