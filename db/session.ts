import "server-only";
import { Column, is, SQL, Subquery } from "drizzle-orm";
import { PgDialect, type SelectedFieldsOrdered } from "drizzle-orm/pg-core";
import { PostgresJsSession, PostgresJsTransaction } from "drizzle-orm/postgres-js";
import type { PendingQuery, Row, Sql } from "postgres";
import type { Tx } from "@/db/tx";

const dialect = new PgDialect({ casing: "snake_case" });

/** What Drizzle asks of a connection. */
export type Client = {
  unsafe: (text: string, values?: Parameters<Sql["unsafe"]>[1]) => PendingQuery<(Row & Iterable<Row>)[]>;
  savepoint: <T>(work: (client: Client) => Promise<T>) => Promise<T>;
};
type None = Record<string, never>;

function decoderOf(field: SelectedFieldsOrdered[number]["field"]) {
  if (is(field, Column)) return field;
  if (is(field, SQL)) return decoding(field);
  return decoding(is(field, Subquery) ? field._.sql : field.sql);
}

const decoding = (sql: SQL): Pick<Column, "mapFromDriverValue"> => Reflect.get(sql, "decoder") as Column;

/** Rows of a flat selection by decoders found once; Drizzle, which finds them for every cell, maps nested ones. */
function mapperOf(fields: SelectedFieldsOrdered | undefined) {
  if (!fields || fields.some(({ path }) => path.length > 1)) return undefined;
  const cells = fields.map(({ path, field }) => ({ name: String(path[0]), decoder: decoderOf(field) }));
  return (rows: unknown[][]) =>
    rows.map((row) => {
      const mapped: Record<string, unknown> = {};
      cells.forEach(({ name, decoder }, at) => {
        mapped[name] = row[at] === null ? null : decoder.mapFromDriverValue(row[at]);
      });
      return mapped;
    });
}

class HouseSession extends PostgresJsSession<Sql, None, None> {
  override prepareQuery: PostgresJsSession<Sql, None, None>["prepareQuery"] = (query, fields, name, isArray, mapper, ...rest) =>
    super.prepareQuery(query, fields, name, isArray, mapper ?? (mapperOf(fields) as typeof mapper), ...rest);
}

/** Drizzle over one transaction's connection. */
export function drizzleOver(client: Client): Tx {
  // Drizzle exports both classes but types them for its own use only: this client has all that its session calls.
  type Session = ConstructorParameters<typeof PostgresJsTransaction>[1];
  const session = new HouseSession(client as unknown as Sql, dialect, undefined) as unknown as Session;
  return new PostgresJsTransaction(dialect, session, undefined) as unknown as Tx;
}
