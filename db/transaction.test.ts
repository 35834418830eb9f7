import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { sites } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import { poolSize } from "@/db/client";
import { runTransaction } from "@/db/transaction";
import type { Tx } from "@/db/tx";
import { newOrg } from "@/lib/testing/fixtures";
import { isDatabaseUnavailable } from "@/lib/web/database-unavailable";

const asApp = <T>(work: (tx: Tx) => Promise<T>) => runTransaction({ role: "app", accessMode: "read write", variables: {} }, work);
const berlin = { name: "Berlin", country: "DE", timeZone: "Europe/Berlin" };

async function idOf(tx: Tx) {
  const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  return row?.pid ?? 0;
}

describe("a connection of one transaction", () => {
  test("REL-4: when it is lost the transaction fails, asks nothing elsewhere, and the next one is served", async () => {
    const org = await newOrg();
    const asked = withTenant({ orgId: org.id, sites: "all" }, async (tx) => {
      await tx.insert(sites).values(berlin);
      const pid = await idOf(tx);
      await asApp((other) => other.execute(sql`select pg_terminate_backend(${pid})`));
      await tx.execute(sql`select pg_sleep(5)`).catch(() => {});
      await tx.insert(sites).values({ ...berlin, name: "Bonn" });
    });
    expect(await asked.catch(isDatabaseUnavailable)).toBe(true);
    expect(await withTenant({ orgId: org.id, sites: "all" }, (tx) => tx.$count(sites))).toBe(0);
  });

  test("REL-9: at once there are no more than the pool may have, and everyone is served", async () => {
    const pids = await Promise.all(Array.from({ length: 60 }, () => asApp(idOf)));
    expect(new Set(pids).size).toBeLessThanOrEqual(poolSize("app"));
  });
});

describe("the end of a transaction", () => {
  test("X-6: one in which something failed is not told as kept, whoever caught it", async () => {
    const swallowed = asApp(async (tx) => {
      await tx.execute(sql`select 1 / 0`).catch(() => {});
      return "done";
    });
    await expect(swallowed).rejects.toThrow("division by zero");
  });

  test("X-6: what failed in an attempt of its own leaves the rest as it was", async () => {
    const org = await newOrg();
    const scope = { orgId: org.id, sites: "all" as const };
    await withTenant(scope, async (tx) => {
      await tx.insert(sites).values(berlin);
      await tx.transaction((attempt) => attempt.insert(sites).values(berlin)).catch(() => {});
      await tx.transaction((attempt) => attempt.insert(sites).values({ ...berlin, name: "Bonn" }));
    });
    const found = await withTenant(scope, (tx) => tx.select({ name: sites.name }).from(sites).orderBy(sites.name));
    expect(found).toEqual([{ name: "Berlin" }, { name: "Bonn" }]);
  });
});
