import { pgRole } from "drizzle-orm/pg-core";

/** Serves signed-in requests: one organization at a time, table rights only. */
export const appRole = pgRole("signalbox_app").existing();
/** Runs jobs: the same rows as the app in the organization of the job, and the queues. */
export const workerRole = pgRole("signalbox_worker").existing();
/** Finds out who is asking: accounts, sessions and links of one person at a time. */
export const authRole = pgRole("signalbox_auth").existing();

/** Owns the one function that counts audit entries; nobody signs in as it. */
export const ledgerRole = pgRole("signalbox_ledger").existing();

export const tenantRoles = [appRole, workerRole];
export type DatabaseRole = "app" | "worker" | "auth";
