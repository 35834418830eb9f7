import "server-only";
import { makePgArray, parsePgArray } from "drizzle-orm/pg-core";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres, { type Options } from "postgres";
import { databaseUrl } from "@/db/role-credentials";
import type { DatabaseRole } from "@/db/roles";
import { env } from "@/lib/env";

const poolSizes: Record<DatabaseRole, () => number> = { app: () => env().POOL_SIZE, auth: () => env().POOL_SIZE, worker: () => 5 };

const isArray = (value: unknown): value is string[] => Array.isArray(value);

// Arrays of text and uuid. With fetch_types the driver looks up all array types, and a connection lost meanwhile ends the process.
const arrays = {
  to: 1009,
  from: [1009, 2951],
  serialize: (value: unknown) => (isArray(value) ? makePgArray(value) : value),
  parse: (text: string) => parsePgArray(text),
};

/** A postgres.js client of a role, with one connection unless told otherwise; its limits are set on the role (`roleSettings`). */
export function connect(role: DatabaseRole, options: Options<Record<string, never>> = {}) {
  return postgres(databaseUrl(role), {
    max: 1,
    idle_timeout: 60,
    connect_timeout: 5,
    // The driver's default backoff grows to 20 s during an outage, and requests would wait for it.
    backoff: () => 0.1,
    onnotice: () => {},
    fetch_types: false,
    types: { arrays },
    connection: { application_name: `signalbox ${role}` },
    ...options,
  });
}

/** How many connections for transactions a process may have as a role. */
export const poolSize = (role: DatabaseRole): number => poolSizes[role]();

type Singleton<T> = { value: T; end: () => Promise<unknown> };

// On globalThis, because a bundler may load this module more than once in a process.
const registry = globalThis as typeof globalThis & { signalboxSingletons?: Map<string, Singleton<unknown>> };

/** A resource of the process by name, created on first use and closed with the pools. */
export function processSingleton<T>(name: string, make: () => Singleton<T>): T {
  registry.signalboxSingletons ??= new Map();
  const existing = registry.signalboxSingletons.get(name) as Singleton<T> | undefined;
  if (existing) return existing.value;
  const made = make();
  registry.signalboxSingletons.set(name, made);
  return made.value;
}

/** One connection for single statements outside transactions: queue look-ups, which could deadlock waiting for the pool, and the health check. */
export const lookupConnection = (role: DatabaseRole) =>
  processSingleton(`${role} look-ups`, () => {
    const value = drizzle(connect(role), { casing: "snake_case" });
    return { value, end: () => value.$client.end({ timeout: 5 }) };
  });

/** Closes every connection of this process, so that it can exit. */
export async function closePools() {
  const singletons = [...(registry.signalboxSingletons?.values() ?? [])];
  registry.signalboxSingletons?.clear();
  await Promise.all(singletons.map(({ end }) => end()));
}
