import { enqueue } from "@/db/queue";
import type { QueueName } from "@/db/queues";
import type { Tx } from "@/db/tx";
import type { MailName } from "@/emails";
import type { Actor } from "@/lib/access/actor";
import { changeOf, type Entry, writeEntry } from "@/lib/kernel/audit";
import { type Mail, post } from "@/lib/kernel/outbox";
import type { EventName } from "@/lib/vocabulary/events";

// Recorded also without a visible difference: the change can concern sites that the actor cannot see.
const alwaysRecorded: readonly EventName[] = ["administrator.updated"];

/** Creates what a command gets to record audit entries, send mail and enqueue jobs in its transaction. */
export function openLedger(tx: Tx, actor: Actor) {
  let entries = 0;
  return {
    async record(name: EventName, entry: Entry) {
      entries += 1;
      const unchanged = entry.before && entry.after && !changeOf(entry);
      if (!unchanged || alwaysRecorded.includes(name)) await writeEntry(tx, actor, name, entry);
    },
    mail: <N extends MailName>(mail: Mail<N>) => post(tx, mail),
    enqueue: (name: QueueName, payload: Record<string, string>) => enqueue(tx, name, payload),
    close() {
      if (entries === 0) throw new Error("A command must record what it did");
    },
  };
}

export type Ledger = ReturnType<typeof openLedger>;
