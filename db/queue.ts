import "server-only";
import { sql } from "drizzle-orm";
import { fromDrizzle, PgBoss } from "pg-boss";
import { databaseAddress } from "@/db/addresses";
import { keep, sideConnection } from "@/db/client";
import type { QueueName } from "@/db/queues";
import type { Tx } from "@/db/tx";

// Sending needs no worker; what the queue looks up by itself must not wait for transactions that wait for it.
const senderOnly = () => ({ db: fromDrizzle(sideConnection("auth"), sql), supervise: false, schedule: false, migrate: false });

async function openSender() {
  const boss = new PgBoss(senderOnly());
  boss.on("error", () => {});
  await boss.start();
  return boss;
}

// Its timers would keep a process that has closed its pools.
const held = () =>
  keep<{ boss?: Promise<PgBoss> }>("queue", () => {
    const opened: { boss?: Promise<PgBoss> } = {};
    return { opened, end: async () => (await opened.boss?.catch(() => undefined))?.stop({ graceful: false }) };
  });

function sender(): Promise<PgBoss> {
  const holder = held();
  return (holder.boss ??= openSender().catch((error: unknown) => {
    holder.boss = undefined;
    throw error;
  }));
}

/** Readies what leaves jobs, before a transaction that may leave one: within it, it would wait for a connection behind others that wait. */
export const readyToEnqueue = (): Promise<unknown> => sender().catch(() => {});

/** Puts a job in a queue within the caller's transaction: it exists if, and only if, the change does. */
export async function enqueueWithin(tx: Tx, name: QueueName, payload: Record<string, string>) {
  const boss = await sender();
  await boss.send(name, payload, { db: fromDrizzle(tx, sql) });
}

/** The queue as the worker process sees it, with supervision and schedules. */
export function openWorkerQueue(): PgBoss {
  return new PgBoss({
    connectionString: databaseAddress("worker"),
    application_name: "signalbox queue",
    max: 5,
    migrate: false,
    monitorIntervalSeconds: 5,
    superviseIntervalSeconds: 5,
    reindex: false,
  });
}
