import { enqueue } from "@/db/queue";
import type { QueueName } from "@/db/queues";
import type { Tx } from "@/db/tx";
import type { MailName } from "@/emails";
import type { Actor } from "@/lib/access/actor";
import { changeOf, type Entry, writeEntry } from "@/lib/kernel/audit";
import { type Mail, post } from "@/lib/kernel/outbox";
import type { EventName } from "@/lib/vocabulary/events";

// Of access, places are kept that the one who changes it may not see by name: what looks untouched need not be.
const alwaysWritten: readonly EventName[] = ["administrator.updated"];

/** What a command leaves behind in its own transaction: what happened, and what must happen next. */
export function openLedger(tx: Tx, actor: Actor) {
  let entries = 0;
  return {
    async record(name: EventName, entry: Entry) {
      entries += 1;
      const untouched = entry.before && entry.after && !changeOf(entry);
      if (!untouched || alwaysWritten.includes(name)) await writeEntry(tx, actor, name, entry);
    },
    mail: <N extends MailName>(mail: Mail<N>) => post(tx, mail),
    enqueue: (name: QueueName, payload: Record<string, string>) => enqueue(tx, name, payload),
    close() {
      if (entries === 0) throw new Error("A command must record what it did");
    },
  };
}

export type Ledger = ReturnType<typeof openLedger>;
