import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import * as z from "zod/mini";
import { naturalOrder } from "@/db/text-order";
import type { Tx } from "@/db/tx";
import { countLimit } from "@/lib/shared/count-limit";
import { boundedText, listParams, rowId } from "@/lib/shared/text-schemas";

export const defaultPageSize = 50;
/** How many rows an export reads at a time. */
export const batchSize = 1_000;

/** Query parameters of a list page: sort order and cursors. */
export const PageParams = z.object(listParams);
export type PageParams = z.output<typeof PageParams>;

/** A non-null sort expression and its SQL type; text is sorted in natural order. */
export type SortKey = { by: SQL | AnyPgColumn; type: "text" | "timestamptz" };

type KeysetOptions = { sortKeys: Record<string, SortKey>; defaultSort: string; idColumn: AnyPgColumn; size?: number };

const toIso = (value: string) => value.replace(" ", "T").replace(/[+-]\d\d$/, "$&:00");

// A timestamp as Postgres writes it, limited to years and offsets that Postgres can parse.
const timestamp = boundedText(32).check(
  z.regex(/^[12]\d{3}-.+[+-](0\d|1[0-4])(:\d\d)?$/),
  z.refine((value) => z.iso.datetime({ offset: true }).safeParse(toIso(value)).success),
);

const cursorValues = {
  text: boundedText(300).check(z.regex(/^\P{Cc}*$/u)),
  timestamptz: z.union([z.literal("-infinity"), timestamp]),
};

type Cursor = [at: string, id: string];

const encodeCursor = (at: string, id: string) => Buffer.from(JSON.stringify([at, id])).toString("base64url");

// An invalid cursor shows the first page.
function decodeCursor(cursor: string | undefined, type: SortKey["type"]): Cursor | undefined {
  if (!cursor) return undefined;
  try {
    return z.tuple([cursorValues[type], rowId()]).parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    return undefined;
  }
}

/** Builds the query for one page by keyset pagination, so that every page costs the same. */
export function keyset({ sort, after, before }: PageParams, { sortKeys, defaultSort, idColumn, size = defaultPageSize }: KeysetOptions) {
  const order = findSortKey(sort, sortKeys) ?? findSortKey(defaultSort, sortKeys);
  if (!order) throw new Error("The fallback order of a list must be one of its keys");
  const { key, descending } = order;
  const beforeCursor = decodeCursor(before, key.type);
  const cursor = beforeCursor ?? decodeCursor(after, key.type);
  const backwards = beforeCursor !== undefined;
  const down = descending !== backwards;
  const direction = down ? sql`desc` : sql`asc`;
  const by = key.type === "text" ? naturalOrder(key.by) : sql`${key.by}`;
  const where = cursor && comparison(by, key.type, idColumn, cursor, down);
  return {
    /** Must be selected under the name `at`. */
    at: sql<string>`(${key.by})::text`,
    where,
    orderBy: [sql`${by} ${direction}`, sql`${idColumn} ${direction}`],
    limit: size + 1,
    page<Row extends { at: string; id: string }>(fetched: Row[]) {
      const rows = fetched.slice(0, size);
      if (backwards) rows.reverse();
      const hasMore = fetched.length > size;
      const [first, last] = [rows[0], rows.at(-1)];
      return {
        rows: rows.map(({ at: _, ...row }) => row as Omit<Row, "at">),
        previous: first && (backwards ? hasMore : cursor !== undefined) ? encodeCursor(first.at, first.id) : undefined,
        next: last && (backwards || hasMore) ? encodeCursor(last.at, last.id) : undefined,
      };
    },
  };
}

export type PageQuery = ReturnType<typeof keyset>;

function findSortKey(name: string | undefined, keys: Record<string, SortKey>) {
  const descending = name?.startsWith("-") ?? false;
  const key = Object.hasOwn(keys, name?.replace(/^-/, "") ?? "") ? keys[name?.replace(/^-/, "") ?? ""] : undefined;
  return key && { key, descending };
}

const casts = { text: sql`::text`, timestamptz: sql`::timestamptz` };

function comparison(by: SQL, type: SortKey["type"], id: AnyPgColumn, [at, rowId]: Cursor, down: boolean) {
  const operator = down ? sql`<` : sql`>`;
  return sql`(${by}, ${id}) ${operator} (${at}${casts[type]}, ${rowId}::uuid)`;
}

/** Returns a `like` pattern that matches the text literally, anywhere. */
export const likePattern = (text: string) => `%${text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`;

/** Returns the ids as one uuid[] parameter, so that the statement text does not depend on their number. */
export const uuidArray = (ids: readonly string[]) => sql`${`{${ids.join(",")}}`}::uuid[]`;

/** Counts the rows of a query, reading no more than the limit and one. */
export async function countUpToLimit(tx: Tx, rows: (limit: number) => SQLWrapper): Promise<number> {
  const [row] = await tx.execute<{ total: number }>(sql`select count(*)::int as total from (${rows(countLimit + 1)}) counted`);
  return row?.total ?? 0;
}
