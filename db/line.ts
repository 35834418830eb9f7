import "server-only";
import { drizzle } from "drizzle-orm/postgres-js";
import type { ReservedSql } from "postgres";
import { connect } from "@/db/client";
import type { DatabaseRole } from "@/db/roles";

/** A connection that is lent to one transaction at a time, and never used again once it was lost. */
export type Line = {
  sql: ReservedSql;
  since: number;
  lost?: Error;
  /** Told to the transaction that has it. */
  onLost?: (fault: Error) => void;
  close: () => Promise<void>;
  /** Takes it for lost: nothing has been heard from it for too long. */
  abandon: () => void;
};

/** How long the answer to what is never slow may take. */
export const patience = 8_000;

/** An error of the connection rather than of what was asked. */
export const connectionFault = (code: `CONNECTION_${string}`, message: string) => Object.assign(new Error(message), { code });

/** Opens a connection that is a client of its own: one that opens the next by itself would ask there the rest of a transaction. */
export async function openLine(role: DatabaseRole, onLost: (line: Line) => void): Promise<Line> {
  const opened: { line?: Line } = {};
  const lose = () => {
    if (!opened.line || opened.line.lost) return;
    opened.line.lost = connectionFault("CONNECTION_CLOSED", "The connection to the database was lost");
    opened.line.onLost?.(opened.line.lost);
    onLost(opened.line);
  };
  const abandon = () => {
    lose();
    void client.end({ timeout: 0 });
  };
  const client = connect(role, { max: 1, idle_timeout: 0, max_lifetime: null, onclose: lose });
  const sql = await reserved(client);
  const close = () => {
    sql.release();
    return client.end({ timeout: 5 });
  };
  opened.line = { sql, close, abandon, since: performance.now() };
  return opened.line;
}

/** The one connection of a client. A pooler accepts it long before it has one to Postgres, so that its first answer may not come. */
async function reserved(client: ReturnType<typeof connect>): Promise<ReservedSql> {
  const late = setTimeout(() => void client.end({ timeout: 0 }), patience);
  try {
    // Asked before it is reserved: the driver goes on trying to open a connection that somebody waits to reserve.
    await client`select 1`;
    // Drizzle sets in its client how dates are handed over.
    drizzle(client);
    return await client.reserve();
  } catch (fault) {
    void client.end({ timeout: 1 });
    throw fault;
  } finally {
    clearTimeout(late);
  }
}
