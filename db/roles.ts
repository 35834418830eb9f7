import { pgRole } from "drizzle-orm/pg-core";
import type { DatabaseRole } from "@/lib/shared/define-area";

export type { DatabaseRole } from "@/lib/shared/define-area";

/** Serves signed-in requests, one organization per transaction. */
export const appRole = pgRole("signalbox_app").existing();
/** Runs jobs, one organization per transaction, and owns the queues. */
export const workerRole = pgRole("signalbox_worker").existing();
/** Serves authentication: accounts, sessions and email tokens of one person per transaction. */
export const authRole = pgRole("signalbox_auth").existing();

/** Owns the security definer functions; it cannot log in. */
export const definerRole = pgRole("signalbox_definer").existing();

export const tenantRoles = [appRole, workerRole];

const shared = { idle_in_transaction_session_timeout: "10s", timezone: "UTC" };
// Generic plans: planning an audit log query anew each time took longer than running it.
const requests = { statement_timeout: "5s", lock_timeout: "4500ms", plan_cache_mode: "force_generic_plan" };

/** Set with ALTER ROLE, because a connection pooler drops settings of single connections. */
export const roleSettings: Record<DatabaseRole, Record<string, string>> = {
  app: { ...shared, ...requests },
  auth: { ...shared, ...requests },
  worker: { ...shared, statement_timeout: "60s" },
};
