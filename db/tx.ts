import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";

/** A transaction whose row-security scope is set. */
export type Tx = PostgresJsDatabase;
