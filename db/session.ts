import "server-only";
import { Column, is, SQL, StringChunk, Subquery } from "drizzle-orm";
import { PgDialect, type SelectedFieldsOrdered } from "drizzle-orm/pg-core";
import { PostgresJsSession, PostgresJsTransaction } from "drizzle-orm/postgres-js";
import type { PendingQuery, Row, Sql } from "postgres";
import type { Tx } from "@/db/tx";

const dialect = new PgDialect({ casing: "snake_case" });

/** A piece of a statement that holds no values, written out once instead of each time it is asked. */
export function fixed<T>(piece: SQL<T>): SQL<T> {
  const { sql: text, params } = dialect.sqlToQuery(piece);
  if (params.length > 0) throw new Error("Only a piece without values can be written out once");
  return new SQL<T>([new StringChunk(text)]);
}

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

const decoding = (piece: SQL): Pick<Column, "mapFromDriverValue"> => Reflect.get(piece, "decoder") as Column;

/** Rows of a flat selection by decoders found once; Drizzle, which finds them for every cell, maps nested ones. */
function mapperOf(fields: SelectedFieldsOrdered | undefined) {
  if (!fields || fields.some(({ path }) => path.length > 1)) return undefined;
  const cells = fields.map(({ path, field }) => ({ name: String(path[0]), decoder: decoderOf(field) }));
  // Copied for each row: an object that grows by names it learns one by one costs more than what is put into it.
  const blank: Record<string, unknown> = Object.fromEntries(cells.map(({ name }) => [name, null]));
  return (rows: unknown[][]) =>
    rows.map((row) => {
      const mapped = { ...blank };
      for (let at = 0; at < cells.length; at += 1) {
        const [cell, value] = [cells[at], row[at]];
        if (cell && value !== null) mapped[cell.name] = cell.decoder.mapFromDriverValue(value);
      }
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
