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

const always = { idle_in_transaction_session_timeout: "10s", timezone: "UTC" };
// One plan for all organizations: planning the log anew for each question took longer than answering it.
const planned = { statement_timeout: "5s", plan_cache_mode: "force_generic_plan" };

/** What holds for whoever signs in as a role, through a pooler too, which passes on no settings of a connection. */
export const roleSettings: Record<DatabaseRole, Record<string, string>> = {
  app: { ...always, ...planned },
  auth: { ...always, ...planned },
  worker: { ...always, statement_timeout: "60s" },
};
