import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/** Sorts text as people read it: the root order of ICU, with numbers by their value. Every order and index of shown text uses it. */
export const naturalOrder = (text: SQLWrapper): SQL => sql`${text} collate "natural_order"`;
