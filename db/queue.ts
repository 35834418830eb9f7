import "server-only";
import { sql } from "drizzle-orm";
import { fromDrizzle, PgBoss } from "pg-boss";
import { databaseUrl } from "@/db/role-credentials";
import { lookupConnection, processSingleton } from "@/db/client";
import type { QueueName } from "@/db/queue-config";
import type { Tx } from "@/db/tx";

async function openSender() {
  const boss = new PgBoss({ db: fromDrizzle(lookupConnection("auth"), sql), supervise: false, schedule: false, migrate: false });
  boss.on("error", () => {});
  await boss.start();
  return boss;
}

// A singleton, so that closing the pools stops its timers.
const senderHolder = () =>
  processSingleton<{ boss?: Promise<PgBoss> }>("queue", () => {
    const value: { boss?: Promise<PgBoss> } = {};
    return { value, end: async () => (await value.boss?.catch(() => undefined))?.stop({ graceful: false }) };
  });

function sender(): Promise<PgBoss> {
  const holder = senderHolder();
  return (holder.boss ??= openSender().catch((error: unknown) => {
    holder.boss = undefined;
    throw error;
  }));
}

/** Starts the queue's sender before a transaction that may enqueue: started within one, it could deadlock waiting for a connection. */
export const ensureQueueStarted = (): Promise<unknown> => sender().catch(() => {});

/** Puts a job in a queue within the caller's transaction: it exists if, and only if, the change does. */
export async function enqueue(tx: Tx, name: QueueName, payload: Record<string, string>) {
  const boss = await sender();
  await boss.send(name, payload, { db: fromDrizzle(tx, sql) });
}

/** The queue for the worker process, with supervision and schedules. */
export function openWorkerQueue(onError: (error: Error) => void): PgBoss {
  const queue = new PgBoss({
    connectionString: databaseUrl("worker"),
    application_name: "signalbox queue",
    max: 5,
    migrate: false,
    monitorIntervalSeconds: 5,
    superviseIntervalSeconds: 5,
    reindex: false,
  });
  queue.on("error", (error) => onError(asError(error)));
  return queue;
}

/** pg-boss reports most errors as plain objects with the properties of the error. */
export const asError = (reported: unknown): Error => (reported instanceof Error ? reported : Object.assign(new Error(), reported));
