import "server-only";
import type { ReservedSql } from "postgres";
import { mapDatabaseError } from "@/db/database-error";
import { createDrizzle, type TransactionClient } from "@/db/drizzle-adapter";
import { connectionPool } from "@/db/pool/connection-pool";
import { controlTimeoutMs, type PooledConnection } from "@/db/pool/pooled-connection";
import { ensureQueueStarted } from "@/db/queue";
import type { DatabaseRole } from "@/db/roles";
import type { Tx } from "@/db/tx";

export type AccessMode = "read only" | "read write";
type TransactionOptions = { role: DatabaseRole; accessMode: AccessMode; variables: Record<string, string> };
type Work<T> = (tx: Tx) => Promise<T>;
type TransactionState = { ended: boolean; savepoints: number; failure?: unknown };

const maxPreparedValues = 24;

/**
 * One transaction in which the session variables hold before any other statement; BEGIN and they travel with the first
 * query. Writes resolve after COMMIT; reads do not wait for it. A handle used after the end is refused, and where
 * another transaction came first, the error says so in words.
 */
export function runTransaction<T>(options: TransactionOptions, work: Work<T>): Promise<T> {
  return transact(options, work).catch((error: unknown) => {
    throw mapDatabaseError(error);
  });
}

async function transact<T>(options: TransactionOptions, work: Work<T>): Promise<T> {
  const { role, accessMode } = options;
  if (accessMode === "read write") await ensureQueueStarted();
  const pool = connectionPool(role);
  const connection = await pool.acquire();
  const lost = new Promise<never>((_, reject) => (connection.onClose = reject));
  const state: TransactionState = { ended: false, savepoints: 0 };
  const end = (command: "commit" | "rollback") => {
    state.ended = true;
    return Promise.race([finish(connection, command), lost]).finally(() => pool.release(connection));
  };
  let result: T;
  try {
    result = await Promise.race([begin(connection, options, state, work), lost]);
  } catch (error) {
    await end("rollback").catch(() => {});
    throw error;
  }
  const ended = end("commit");
  if (accessMode === "read only") ended.catch(() => {});
  else if ((await ended) !== "COMMIT") throw state.failure ?? new Error("The transaction was rolled back");
  return result;
}

async function begin<T>(connection: PooledConnection, { accessMode, variables }: TransactionOptions, state: TransactionState, work: Work<T>): Promise<T> {
  const begun = connection.sql.unsafe(`begin ${accessMode}`).execute();
  const stopTimer = startControlTimer(connection);
  begun.then(stopTimer, stopTimer);
  const set = setVariables(connection.sql, variables);
  const [result] = await Promise.all([work(createDrizzle(clientOf(connection, state))), begun, set]);
  return result;
}

function setVariables(sql: ReservedSql, variables: Record<string, string>) {
  const entries = Object.entries(variables);
  if (entries.length === 0) return undefined;
  const calls = entries.map((_, index) => `set_config($${2 * index + 1}, $${2 * index + 2}, true)`);
  return sql.unsafe(`select ${calls.join(", ")}`, entries.flat(), { prepare: true }).execute();
}

async function finish(connection: PooledConnection, command: "commit" | "rollback"): Promise<string> {
  if (connection.lostBy) throw connection.lostBy;
  const stopTimer = startControlTimer(connection);
  const result = await connection.sql.unsafe(command).finally(stopTimer);
  return result.command;
}

function startControlTimer(connection: PooledConnection) {
  const timer = setTimeout(connection.destroy, controlTimeoutMs);
  return () => clearTimeout(timer);
}

/** Statements with few values are prepared once per connection; longer ones come in too many shapes to keep. */
function clientOf(connection: PooledConnection, state: TransactionState): TransactionClient {
  const unsafe: TransactionClient["unsafe"] = (text, values = []) => {
    if (state.ended) throw new Error("This transaction has ended");
    if (connection.lostBy) throw connection.lostBy;
    // Without `simple: false` a statement without values would not be prepared.
    const options = { prepare: values.length <= maxPreparedValues, simple: false };
    const query = connection.sql.unsafe(text, values, options);
    query.catch((error: unknown) => (state.failure ??= error));
    return query;
  };
  const savepoint: TransactionClient["savepoint"] = async (work) => {
    const name = `s${(state.savepoints += 1)}`;
    await unsafe(`savepoint ${name}`);
    try {
      return await work(client);
    } catch (error) {
      await unsafe(`rollback to savepoint ${name}`);
      state.failure = undefined;
      throw error;
    }
  };
  const client: TransactionClient = { unsafe, savepoint };
  return client;
}
