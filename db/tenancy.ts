import "server-only";
import { sql } from "drizzle-orm";
import { pool } from "@/db/client";
import type { Tx } from "@/db/tx";

export type RowScope = { orgId: string; sites: "all" | readonly string[] };

let tenantRole: "app" | "worker" = "app";

/** Called once by the worker process, whose jobs run as their own role. */
export function serveAsWorker() {
  tenantRole = "worker";
}

/** The only way to tenant data: one transaction that sees one scope, forgotten at commit. */
export function withinScope<T>(
  { orgId, sites }: RowScope,
  work: (tx: Tx) => Promise<T>,
  accessMode: "read only" | "read write" = "read write",
): Promise<T> {
  return pool(tenantRole).transaction(
    async (tx) => {
      const all = sites === "all";
      await tx.execute(
        sql`select set_config('app.org_id', ${orgId}, true), set_config('app.all_sites', ${all ? "on" : ""}, true),
            set_config('app.sites', ${all ? "" : sites.join(",")}, true)`,
      );
      return work(tx);
    },
    { accessMode },
  );
}
