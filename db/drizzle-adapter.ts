import "server-only";
import { drizzle } from "drizzle-orm/postgres-js";
import type { PendingQuery, Row, Sql } from "postgres";
import type { Tx } from "@/db/tx";

/** What Drizzle calls of a postgres.js client inside a transaction. */
export type TransactionClient = {
  unsafe: (text: string, values?: Parameters<Sql["unsafe"]>[1]) => PendingQuery<(Row & Iterable<Row>)[]>;
  savepoint: <T>(work: (client: TransactionClient) => Promise<T>) => Promise<T>;
};

/** Drizzle over the connection of one transaction; its `transaction` is a savepoint. */
export function createDrizzle({ unsafe, savepoint }: TransactionClient): Tx {
  const client = { options: { parsers: {}, serializers: {} }, unsafe, savepoint, begin: savepoint };
  return drizzle(client as unknown as Sql, { casing: "snake_case" });
}
