import type { Sql } from "postgres";
import { withThrowawayDatabase } from "../../scripts/test/throwaway-database.ts";

/** Runs SQL in the database of the portal under test. */
export const inDatabase = <T>(work: (sql: Sql) => Promise<T>): Promise<T> => withThrowawayDatabase(process.env.E2E_PORT, work);
