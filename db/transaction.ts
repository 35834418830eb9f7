import "server-only";
import type { ReservedSql } from "postgres";
import { type Line, patience } from "@/db/line";
import { lines } from "@/db/lines";
import { readyToEnqueue } from "@/db/queue";
import type { DatabaseRole } from "@/db/roles";
import { type Client, drizzleOver } from "@/db/session";
import type { Tx } from "@/db/tx";

export type AccessMode = "read only" | "read write";
type Order = { role: DatabaseRole; mode: AccessMode; settings: Record<string, string> };
type Life = { over: boolean; savepoints: number; failure?: unknown };

const mostValues = 24;

/**
 * One transaction in which the settings hold before anything else is asked: its beginning and they travel with the
 * first question. What changes something is answered when it is kept; what only reads does not wait for its end.
 * Whatever is asked of it after its end, or after its connection was lost, is refused (REL-4).
 */
export async function transact<T>(order: Order, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (order.mode === "read write") await readyToEnqueue();
  const pool = lines(order.role);
  const line = await pool.take();
  const lost = new Promise<never>((_, reject) => (line.onLost = reject));
  const life: Life = { over: false, savepoints: 0 };
  const end = (how: "commit" | "rollback") => {
    life.over = true;
    return Promise.race([finish(line, how), lost]).finally(() => pool.give(line));
  };
  let result: T;
  try {
    result = await Promise.race([inside(line, order, life, work), lost]);
  } catch (fault) {
    await end("rollback").catch(() => {});
    throw fault;
  }
  const ended = end("commit");
  if (order.mode === "read only") ended.catch(() => {});
  else if ((await ended) !== "COMMIT") throw life.failure ?? new Error("The transaction was not kept");
  return result;
}

async function inside<T>(line: Line, { mode, settings }: Order, life: Life, work: (tx: Tx) => Promise<T>): Promise<T> {
  const begun = line.sql.unsafe(`begin ${mode}`).execute();
  const heard = listenFor(line);
  begun.then(heard, heard);
  const settled = settle(line.sql, settings);
  const [result] = await Promise.all([work(drizzleOver(clientOn(line, life))), begun, settled]);
  return result;
}

function settle(sql: ReservedSql, settings: Record<string, string>) {
  const entries = Object.entries(settings);
  if (entries.length === 0) return undefined;
  const calls = entries.map((_, at) => `set_config($${2 * at + 1}, $${2 * at + 2}, true)`);
  return sql.unsafe(`select ${calls.join(", ")}`, entries.flat(), { prepare: true }).execute();
}

async function finish(line: Line, how: "commit" | "rollback"): Promise<string> {
  if (line.lost) throw line.lost;
  const heard = listenFor(line);
  const { command } = await line.sql.unsafe(how).finally(heard);
  return command;
}

/** Gives a connection up on which the answer to what is never slow does not come. */
function listenFor(line: Line) {
  const late = setTimeout(line.abandon, patience);
  return () => clearTimeout(late);
}

/** Statements with few values are parsed and planned once a connection; others come in too many shapes to keep. */
function clientOn(line: Line, life: Life): Client {
  const unsafe: Client["unsafe"] = (text, values = []) => {
    if (life.over) throw new Error("This transaction has ended");
    if (line.lost) throw line.lost;
    const how = { prepare: values.length <= mostValues, simple: false };
    const asked = line.sql.unsafe(text, values, how);
    asked.catch((fault: unknown) => (life.failure ??= fault));
    return asked;
  };
  const savepoint: Client["savepoint"] = async (work) => {
    const name = `s${(life.savepoints += 1)}`;
    await unsafe(`savepoint ${name}`);
    try {
      return await work(client);
    } catch (fault) {
      await unsafe(`rollback to savepoint ${name}`);
      life.failure = undefined;
      throw fault;
    }
  };
  const client: Client = { unsafe, savepoint };
  return client;
}
