import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { z } from "zod";

export const pageSize = 50;

/** The part of a list's address that says where in it one is. */
export const Paging = z.object({
  sort: z.string().max(40).optional().catch(undefined),
  after: z.string().max(600).optional().catch(undefined),
  before: z.string().max(600).optional().catch(undefined),
});
export type Paging = z.output<typeof Paging>;

/** An expression that is never null, and the type its values are compared as. */
export type SortKey = { by: SQL | AnyPgColumn; type: "text" | "timestamptz" | "integer" };

type Options = { keys: Record<string, SortKey>; fallback: string; id: AnyPgColumn; size?: number };

const Cursor = z.tuple([z.string().max(300), z.uuid()]);

/** Names one row's place in a sorted list; it holds nothing but what the row shows. */
const cursorOf = (at: string, id: string) => Buffer.from(JSON.stringify([at, id])).toString("base64url");

function placeOf(cursor: string | undefined) {
  if (!cursor) return undefined;
  try {
    return Cursor.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    return undefined;
  }
}

/** A page of a list that may be long: by place, never by number, so that page 10,000 costs what page 1 costs (X-8). */
export function keyset({ sort, after, before }: Paging, { keys, fallback, id, size = pageSize }: Options) {
  const asked = keyNamed(sort, keys) ?? keyNamed(fallback, keys);
  if (!asked) throw new Error("The fallback order of a list must be one of its keys");
  const { key, descending } = asked;
  const place = placeOf(before) ?? placeOf(after);
  const backwards = placeOf(before) !== undefined;
  const down = descending !== backwards;
  const direction = down ? sql`desc` : sql`asc`;
  const beyond = place && comparison(key, id, place, down);
  return {
    /** Select this beside the columns of the list, under the name `at`. */
    at: sql<string>`(${key.by})::text`,
    where: beyond,
    orderBy: [sql`${key.by} ${direction}`, sql`${id} ${direction}`],
    limit: size + 1,
    page<Row extends { at: string; id: string }>(found: Row[]) {
      const rows = found.slice(0, size);
      if (backwards) rows.reverse();
      const more = found.length > size;
      const [first, last] = [rows[0], rows.at(-1)];
      return {
        rows: rows.map(({ at: _, ...row }) => row as Omit<Row, "at">),
        previous: first && (backwards ? more : place !== undefined) ? cursorOf(first.at, first.id) : undefined,
        next: last && (backwards || more) ? cursorOf(last.at, last.id) : undefined,
      };
    },
  };
}

function keyNamed(name: string | undefined, keys: Record<string, SortKey>) {
  const descending = name?.startsWith("-") ?? false;
  const key = Object.hasOwn(keys, name?.replace(/^-/, "") ?? "") ? keys[name?.replace(/^-/, "") ?? ""] : undefined;
  return key && { key, descending };
}

const casts = { text: sql`::text`, timestamptz: sql`::timestamptz`, integer: sql`::integer` };

function comparison({ by, type }: SortKey, id: AnyPgColumn, [at, rowId]: z.output<typeof Cursor>, down: boolean) {
  const than = down ? sql`<` : sql`>`;
  return sql`(${by}, ${id}) ${than} (${at}${casts[type]}, ${rowId}::uuid)`;
}

/** A pattern for `ilike` that finds what was typed as it was typed. */
export const containing = (text: string) => `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
