import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import * as z from "zod/mini";
import { listAddress } from "@/lib/vocabulary/text";

export const pageSize = 50;

/** Query parameters of a list page: sort order and cursors. */
export const Paging = z.object(listAddress);
export type Paging = z.output<typeof Paging>;

/** A non-null sort expression and its SQL type. */
export type SortKey = { by: SQL | AnyPgColumn; type: "text" | "timestamptz" };

type Options = { keys: Record<string, SortKey>; fallback: string; id: AnyPgColumn; size?: number };

const toIso = (value: string) => value.replace(" ", "T").replace(/[+-]\d\d$/, "$&:00");

// A timestamp as Postgres writes it, limited to years and offsets that Postgres can parse.
const timestamp = z
  .string()
  .check(
    z.maxLength(32),
    z.regex(/^[12]\d{3}-.+[+-](0\d|1[0-4])(:\d\d)?$/),
    z.refine((value) => z.iso.datetime({ offset: true }).safeParse(toIso(value)).success),
  );

const cursorValues = {
  text: z.string().check(z.maxLength(300), z.regex(/^\P{Cc}*$/u)),
  timestamptz: z.union([z.literal("-infinity"), timestamp]),
};

type Place = [at: string, id: string];

const cursorOf = (at: string, id: string) => Buffer.from(JSON.stringify([at, id])).toString("base64url");

// An invalid cursor shows the first page.
function placeOf(cursor: string | undefined, type: SortKey["type"]): Place | undefined {
  if (!cursor) return undefined;
  try {
    return z.tuple([cursorValues[type], z.uuid()]).parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    return undefined;
  }
}

/** Builds the query for one page by keyset pagination, so that every page costs the same. */
export function keyset({ sort, after, before }: Paging, { keys, fallback, id, size = pageSize }: Options) {
  const order = findSortKey(sort, keys) ?? findSortKey(fallback, keys);
  if (!order) throw new Error("The fallback order of a list must be one of its keys");
  const { key, descending } = order;
  const beforeCursor = placeOf(before, key.type);
  const cursor = beforeCursor ?? placeOf(after, key.type);
  const backwards = beforeCursor !== undefined;
  const down = descending !== backwards;
  const direction = down ? sql`desc` : sql`asc`;
  const where = cursor && comparison(key, id, cursor, down);
  return {
    /** Must be selected under the name `at`. */
    at: sql<string>`(${key.by})::text`,
    where,
    orderBy: [sql`${key.by} ${direction}`, sql`${id} ${direction}`],
    limit: size + 1,
    page<Row extends { at: string; id: string }>(fetched: Row[]) {
      const rows = fetched.slice(0, size);
      if (backwards) rows.reverse();
      const hasMore = fetched.length > size;
      const [first, last] = [rows[0], rows.at(-1)];
      return {
        rows: rows.map(({ at: _, ...row }) => row as Omit<Row, "at">),
        previous: first && (backwards ? hasMore : cursor !== undefined) ? cursorOf(first.at, first.id) : undefined,
        next: last && (backwards || hasMore) ? cursorOf(last.at, last.id) : undefined,
      };
    },
  };
}

export type Turn = ReturnType<typeof keyset>;

function findSortKey(name: string | undefined, keys: Record<string, SortKey>) {
  const descending = name?.startsWith("-") ?? false;
  const key = Object.hasOwn(keys, name?.replace(/^-/, "") ?? "") ? keys[name?.replace(/^-/, "") ?? ""] : undefined;
  return key && { key, descending };
}

const casts = { text: sql`::text`, timestamptz: sql`::timestamptz` };

function comparison({ by, type }: SortKey, id: AnyPgColumn, [at, rowId]: Place, down: boolean) {
  const operator = down ? sql`<` : sql`>`;
  return sql`(${by}, ${id}) ${operator} (${at}${casts[type]}, ${rowId}::uuid)`;
}

/** Returns an `ilike` pattern that matches the text literally, anywhere. */
export const containing = (text: string) => `%${text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`;

/** Returns the ids as one uuid[] parameter, so that the statement text does not depend on their number. */
export const uuids = (ids: readonly string[]) => sql`${`{${ids.join(",")}}`}::uuid[]`;
