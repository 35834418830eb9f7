import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import type * as schema from "@/db/schema";

type Database = PostgresJsDatabase<typeof schema>;

/** A transaction already bound to what its opener may see. */
export type Tx = Parameters<Parameters<Database["transaction"]>[0]>[0];
