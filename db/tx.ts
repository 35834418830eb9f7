import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";

/** A transaction already bound to what its opener may see. */
export type Tx = PostgresJsDatabase;
