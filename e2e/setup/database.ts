import type { Sql } from "postgres";
import { withThrowawayDatabase } from "../../scripts/test/throwaway-database.ts";

/** The database of the journeys, beside the portal. */
export const inDatabase = <T>(work: (sql: Sql) => Promise<T>): Promise<T> => withThrowawayDatabase(process.env.E2E_PORT, work);
