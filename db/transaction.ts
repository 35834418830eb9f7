import "server-only";
import { PgDialect } from "drizzle-orm/pg-core";
import { PostgresJsSession, PostgresJsTransaction } from "drizzle-orm/postgres-js";
import type { Sql, TransactionSql } from "postgres";
import { pool } from "@/db/client";
import type { DatabaseRole } from "@/db/roles";
import type { Tx } from "@/db/tx";

type Order = { role: DatabaseRole; mode: "read only" | "read write"; settings: Record<string, string> };

const dialect = new PgDialect({ casing: "snake_case" });
const mostValues = 24;

/**
 * One transaction in which the settings hold before anything else is asked: they travel with the first question.
 * Whatever is asked of it after its end, or after its connection was lost, is refused.
 */
export async function transact<T>({ role, mode, settings }: Order, work: (tx: Tx) => Promise<T>): Promise<T> {
  const life = { over: false };
  try {
    const outcome = await pool(role).$client.begin(mode, async (connection) => {
      const settled = settle(connection, settings);
      const [result] = await Promise.all([work(txOver(connection, life)), settled]);
      return { result };
    });
    return outcome.result as T;
  } finally {
    life.over = true;
  }
}

function settle(connection: TransactionSql, settings: Record<string, string>) {
  const entries = Object.entries(settings);
  if (entries.length === 0) return undefined;
  const calls = entries.map((_, at) => `set_config($${2 * at + 1}, $${2 * at + 2}, true)`);
  return connection.unsafe(`select ${calls.join(", ")}`, entries.flat(), { prepare: true }).execute();
}

/** Statements with few values are parsed and planned once a connection; others come in too many shapes to keep. */
function txOver(connection: TransactionSql, life: { over: boolean }): Tx {
  const unsafe: TransactionSql["unsafe"] = (text, values = [], options = {}) => {
    if (life.over) throw new Error("This transaction has ended");
    return connection.unsafe(text, values, { ...options, prepare: values.length <= mostValues });
  };
  const client = new Proxy(connection, { get: (target, name) => (name === "unsafe" ? unsafe : Reflect.get(target, name)) });
  // Drizzle exports both classes but types them for its own use only: this client has all that its session calls.
  type Session = ConstructorParameters<typeof PostgresJsTransaction>[1];
  const session = new PostgresJsSession(client as unknown as Sql, dialect, undefined) as unknown as Session;
  return new PostgresJsTransaction(dialect, session, undefined) as unknown as Tx;
}
