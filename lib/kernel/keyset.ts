import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import * as z from "zod/mini";
import { listAddress } from "@/lib/vocabulary/text";

export const pageSize = 50;

/** The part of a list's address that says where in it one is. */
export const Paging = z.object(listAddress);
export type Paging = z.output<typeof Paging>;

/** An expression that is never null, and the type its values are compared as. */
export type SortKey = { by: SQL | AnyPgColumn; type: "text" | "timestamptz" };

type Options = { keys: Record<string, SortKey>; fallback: string; id: AnyPgColumn; size?: number };

const isoOf = (at: string) => at.replace(" ", "T").replace(/[+-]\d\d$/, "$&:00");

/** A moment as the database writes it, of a year and in a zone that it reads again. */
const moment = z
  .string()
  .check(
    z.maxLength(32),
    z.regex(/^[12]\d{3}-.+[+-](0\d|1[0-4])(:\d\d)?$/),
    z.refine((at) => z.iso.datetime({ offset: true }).safeParse(isoOf(at)).success),
  );

const places = {
  text: z.string().check(z.maxLength(300), z.regex(/^\P{Cc}*$/u)),
  timestamptz: z.union([z.literal("-infinity"), moment]),
};

type Place = [at: string, id: string];

/** Names one row's place in a sorted list; it holds nothing but what the row shows. */
const cursorOf = (at: string, id: string) => Buffer.from(JSON.stringify([at, id])).toString("base64url");

/** Where a cursor points in an order of this type; nonsense points nowhere, so the first page is shown. */
function placeOf(cursor: string | undefined, type: SortKey["type"]): Place | undefined {
  if (!cursor) return undefined;
  try {
    return z.tuple([places[type], z.uuid()]).parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    return undefined;
  }
}

/** A page of a list that may be long: by place, never by number, so that page 10,000 costs what page 1 costs (X-8). */
export function keyset({ sort, after, before }: Paging, { keys, fallback, id, size = pageSize }: Options) {
  const asked = keyNamed(sort, keys) ?? keyNamed(fallback, keys);
  if (!asked) throw new Error("The fallback order of a list must be one of its keys");
  const { key, descending } = asked;
  const earlier = placeOf(before, key.type);
  const place = earlier ?? placeOf(after, key.type);
  const backwards = earlier !== undefined;
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

export type Turn = ReturnType<typeof keyset>;

function keyNamed(name: string | undefined, keys: Record<string, SortKey>) {
  const descending = name?.startsWith("-") ?? false;
  const key = Object.hasOwn(keys, name?.replace(/^-/, "") ?? "") ? keys[name?.replace(/^-/, "") ?? ""] : undefined;
  return key && { key, descending };
}

const casts = { text: sql`::text`, timestamptz: sql`::timestamptz` };

function comparison({ by, type }: SortKey, id: AnyPgColumn, [at, rowId]: Place, down: boolean) {
  const than = down ? sql`<` : sql`>`;
  return sql`(${by}, ${id}) ${than} (${at}${casts[type]}, ${rowId}::uuid)`;
}

/** A pattern for `ilike` that finds what was typed as it was typed. */
export const containing = (text: string) => `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** Ids as one value, so that a statement is the same however many there are. */
export const uuids = (ids: readonly string[]) => sql`${`{${ids.join(",")}}`}::uuid[]`;
