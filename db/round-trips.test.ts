import { expect, test } from "vitest";
import { closePools } from "@/db/client";
import { connectionPool } from "@/db/pool/connection-pool";
import { listSites } from "@/lib/sites/queries";
import { startDatabaseProxy } from "@/lib/testing/database-proxy";
import { newSite, newSuperUser } from "@/lib/testing/fixtures";

process.env.POOL_SIZE = "1";

/** Waits until the last transaction has ended: the pool has one connection. */
async function idle() {
  const pool = connectionPool("app");
  pool.release(await pool.acquire());
}

test("X-8: a page of a list takes three round trips: BEGIN, session variables and first queries, the count, COMMIT", async () => {
  const proxy = await startDatabaseProxy();
  const superUser = await newSuperUser();
  const measure = async () => {
    await idle();
    const before = proxy.roundTrips();
    const { total } = await listSites(superUser, {});
    await idle();
    return { total, roundTrips: proxy.roundTrips() - before };
  };
  // The first run of a statement is also parsed.
  await measure();
  expect(await measure()).toEqual({ total: 0, roundTrips: 2 });
  for (let count = 0; count < 51; count += 1) await newSite(superUser.org);
  await measure();
  expect(await measure()).toEqual({ total: 51, roundTrips: 3 });
  await closePools();
  proxy.close();
});
