import "server-only";
import { makePgArray, parsePgArray } from "drizzle-orm/pg-core";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres, { type Options } from "postgres";
import { databaseAddress } from "@/db/addresses";
import type { DatabaseRole } from "@/db/roles";
import * as schema from "@/db/schema";
import { env } from "@/lib/env";

const sizes: Record<DatabaseRole, () => number> = { app: () => env().POOL_SIZE, auth: () => env().POOL_SIZE, worker: () => 5 };

const isList = (value: unknown): value is string[] => Array.isArray(value);

// Lists of text and of ids. The driver would ask for all kinds of lists, and end the process if it loses the connection over it.
const lists = {
  to: 1009,
  from: [1009, 2951],
  serialize: (value: unknown) => (isList(value) ? makePgArray(value) : value),
  parse: (text: string) => parsePgArray(text),
};

/** A pool of connections as one role. Its limits are the role's own (`roleSettings`). */
export function connect(role: DatabaseRole, options: Options<Record<string, never>> = {}) {
  return postgres(databaseAddress(role), {
    max: poolSize(role),
    idle_timeout: 60,
    connect_timeout: 5,
    // The driver's own pause grows to 20 s over an outage, and requests would wait for it.
    backoff: () => 0.1,
    onnotice: () => {},
    fetch_types: false,
    types: { lists },
    connection: { application_name: `signalbox ${role}` },
    ...options,
  });
}

/** How many connections of a role a process may have. */
export const poolSize = (role: DatabaseRole): number => sizes[role]();

const open = (role: DatabaseRole, options?: Options<Record<string, never>>) =>
  drizzle(connect(role, options), { schema, casing: "snake_case" });

export type Database = ReturnType<typeof open>;
type Kept<T> = { opened: T; end: () => Promise<unknown> };

// One set of connections per process, also when a bundler loads this module more than once.
const kept = globalThis as typeof globalThis & { signalboxConnections?: Map<string, Kept<unknown>> };

/** What this process keeps open under a name until its pools are closed, opened on first use. */
export function keep<T>(name: string, make: () => Kept<T>): T {
  kept.signalboxConnections ??= new Map();
  const existing = kept.signalboxConnections.get(name) as Kept<T> | undefined;
  if (existing) return existing.opened;
  const made = make();
  kept.signalboxConnections.set(name, made);
  return made.opened;
}

function keepPool(name: string, role: DatabaseRole, options?: Options<Record<string, never>>): Database {
  return keep(name, () => {
    const opened = open(role, options);
    return { opened, end: () => opened.$client.end({ timeout: 5 }) };
  });
}

/** The pool of a role in this process for single questions; transactions have connections of their own. */
export const pool = (role: DatabaseRole): Database => keepPool(role, role);

/** One connection beside the pool, for what a transaction asks on the side: were it to wait for the pool, the pool might wait for it. */
export const sideConnection = (role: DatabaseRole): Database => keepPool(`${role} beside`, role, { max: 1 });

/** Ends every pool of this process, so that it can stop. */
export async function closePools() {
  const pools = [...(kept.signalboxConnections?.values() ?? [])];
  kept.signalboxConnections?.clear();
  await Promise.all(pools.map(({ end }) => end()));
}
