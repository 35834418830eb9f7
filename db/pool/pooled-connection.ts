import "server-only";
import { drizzle } from "drizzle-orm/postgres-js";
import type { ReservedSql } from "postgres";
import { connect } from "@/db/client";
import type { DatabaseRole } from "@/db/roles";

/** A connection that carries one transaction at a time and is discarded once it was lost. */
export type PooledConnection = {
  sql: ReservedSql;
  openedAt: number;
  /** Why it was lost. */
  lostBy?: Error;
  /** Called for the transaction that holds it when it is lost. */
  onClose?: (error: Error) => void;
  close: () => Promise<void>;
  /** Drops it without waiting for an answer. */
  destroy: () => void;
};

/** Timeout for opening a connection and for BEGIN, COMMIT and ROLLBACK. */
export const controlTimeoutMs = 8_000;

/** An error of the connection rather than of a statement. */
export const connectionError = (code: `CONNECTION_${string}`, message: string) => Object.assign(new Error(message), { code });

/** Opens a connection as a postgres.js client of its own, which therefore cannot move a transaction to another connection. */
export async function openConnection(role: DatabaseRole, onLost: (connection: PooledConnection) => void): Promise<PooledConnection> {
  const opened: { connection?: PooledConnection } = {};
  const lose = () => {
    const { connection } = opened;
    if (!connection || connection.lostBy) return;
    connection.lostBy = connectionError("CONNECTION_CLOSED", "The connection to the database was lost");
    connection.onClose?.(connection.lostBy);
    onLost(connection);
  };
  const client = connect(role, { max: 1, idle_timeout: 0, max_lifetime: null, onclose: lose });
  const sql = await reserve(client);
  const destroy = () => {
    lose();
    void client.end({ timeout: 0 });
  };
  const close = () => {
    sql.release();
    return client.end({ timeout: 5 });
  };
  opened.connection = { sql, close, destroy, openedAt: performance.now() };
  return opened.connection;
}

/** The one connection of a client. A pooler accepts it before it has one to Postgres, so the first answer may never come. */
async function reserve(client: ReturnType<typeof connect>): Promise<ReservedSql> {
  const timer = setTimeout(() => void client.end({ timeout: 0 }), controlTimeoutMs);
  try {
    // Connects first: reserve() alone never rejects while the database cannot be reached.
    await client`select 1`;
    // drizzle() sets in a client how dates and JSON are passed.
    drizzle(client);
    return await client.reserve();
  } catch (error) {
    void client.end({ timeout: 1 });
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
