import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { closePools, connect } from "@/db/client";
import { connectionPool } from "@/db/pool/connection-pool";
import type { PooledConnection } from "@/db/pool/pooled-connection";
import { runTransaction } from "@/db/transaction";
import type { Tx } from "@/db/tx";
import { connectAsOwner } from "@/lib/testing/fixtures";

process.env.POOL_SIZE = "2";

const owner = connectAsOwner();
const killer = connect("app");
afterAll(() => Promise.all([owner.end(), killer.end()]));

const kill = (pid: number) => killer`select pg_terminate_backend(${pid})`;
const killAny = () => killer`
  select pg_terminate_backend(pid) from pg_stat_activity
  where usename = current_user and datname = current_database() and pid <> pg_backend_pid() order by random() limit 1`;

const pidOf = async ({ sql }: PooledConnection) => Number((await sql`select pg_backend_pid() as pid`)[0]?.pid);
const loss = (connection: PooledConnection) => new Promise<void>((resolve) => (connection.onClose = () => resolve()));

/** How many connections Postgres has open for requests in the database of this file. */
async function openCount(): Promise<number> {
  const rows = await owner`select 1 from pg_stat_activity where usename = 'signalbox_app' and datname = current_database()`;
  return rows.length - (await killer`select 1`).length;
}

/** Expects two different connections at once and no third in Postgres, after connections killed last have been noticed. */
async function expectToServe() {
  const notice = async () => {
    const connection = await connectionPool("app").acquire();
    const lost = loss(connection);
    await Promise.race([lost, pidOf(connection).catch(() => lost)]);
    connectionPool("app").release(connection);
  };
  await Promise.all([notice(), notice()]);
  const acquired = await Promise.all([connectionPool("app").acquire(), connectionPool("app").acquire()]);
  expect(new Set(await Promise.all(acquired.map(pidOf))).size).toBe(2);
  expect(await openCount()).toBe(2);
  for (const connection of acquired) connectionPool("app").release(connection);
}

const uses: Record<string, (connection: PooledConnection) => Promise<unknown>> = {
  "is released at once": () => Promise.resolve(),
  "runs a statement": pidOf,
  "runs a statement that fails": (connection) => connection.sql`select 1 / 0`,
  "is lost": async (connection) => kill(await pidOf(connection)).then(() => new Promise(() => {})),
  "is lost during a statement": async (connection) => {
    const pid = await pidOf(connection);
    await Promise.all([connection.sql`select pg_sleep(5)`, kill(pid)]);
  },
  "is destroyed": async (connection) => connection.destroy(),
  "kills another": killAny,
};

const manyUses = fc.array(fc.constantFrom(...Object.keys(uses)), { minLength: 200, maxLength: 200 });

test("REL-9: 200 concurrent users of connections that are lost at random: no connection is shared, every waiter settles", { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(manyUses, async (names) => {
      const held = new Set<PooledConnection>();
      const shared: PooledConnection[] = [];
      let most = 0;
      const useOne = async (name: string) => {
        const connection = await connectionPool("app").acquire();
        if (held.has(connection) || connection.lostBy) shared.push(connection);
        most = Math.max(most, held.add(connection).size);
        await Promise.race([loss(connection), uses[name]?.(connection)]).catch(() => {});
        held.delete(connection);
        connectionPool("app").release(connection);
      };
      await Promise.allSettled(names.map(useOne));
      expect([shared, most, held.size]).toEqual([[], 2, 0]);
      await expectToServe();
    }),
    { numRuns: 3, endOnFailure: true },
  );
});

const acts: Record<string, (tx: Tx, pid: number) => Promise<unknown>> = {
  "succeeds": (tx) => tx.execute("select 1"),
  "runs a statement that fails": (tx) => tx.execute("select 1 / 0"),
  "throws": () => Promise.reject(new Error("on purpose")),
  "is lost before its end": (_tx, pid) => kill(pid),
  "is lost during a statement": (tx, pid) => Promise.all([tx.execute("select pg_sleep(5)"), kill(pid)]),
  "kills another": killAny,
};

const manyTransactions = fc.array(fc.tuple(fc.constantFrom(...Object.keys(acts)), fc.constantFrom("read only" as const, "read write" as const)), { minLength: 200, maxLength: 200 });

const reasonOf = (error: Error & { cause?: { code?: string }; code?: string }) => String(error.cause?.code ?? error.code ?? error);

test("REL-4, REL-9: 200 concurrent transactions under random connection loss: no connection is shared, each settles with a reason", { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(manyTransactions, async (chosen) => {
      const running = new Set<number>();
      const outcomes = await Promise.allSettled(
        chosen.map(([name, accessMode]) =>
          runTransaction({ role: "app", accessMode, variables: { "app.org_id": "" } }, async (tx) => {
            const [row] = await tx.execute<{ pid: number }>("select pg_backend_pid() as pid");
            const pid = row?.pid ?? 0;
            expect(running.has(pid)).toBe(false);
            running.add(pid);
            await acts[name]?.(tx, pid).finally(() => running.delete(pid));
          }),
        ),
      );
      for (const outcome of outcomes) {
        if (outcome.status === "rejected") expect(reasonOf(outcome.reason)).toMatch(/^(CONNECTION_CLOSED|57P01|22012|ECONNRESET|EPIPE|Error: on purpose)$/);
      }
      await expectToServe();
    }),
    { numRuns: 3, endOnFailure: true },
  );
});

test("REL-9: while Postgres refuses more connections and one is in use, waiters are refused, and served once it is released", async () => {
  await closePools();
  const [{ name = "" } = {}] = await owner`select current_database() as name`;
  const held = await connectionPool("app").acquire();
  const setLimit = async (most: number) => owner.unsafe(`alter database ${name} connection limit ${most}`);
  const [{ count = 0 } = {}] = await owner`select count(*)::int as count from pg_stat_activity where datname = current_database()`;
  await setLimit(count);
  const attempts = Array.from({ length: 50 }, () => connectionPool("app").acquire());
  const answers = (await Promise.allSettled(attempts)).map((one) => (one.status === "rejected" ? reasonOf(one.reason) : "served"));
  expect(new Set(answers)).toEqual(new Set(["53300"]));
  await setLimit(-1);
  connectionPool("app").release(held);
  await expectToServe();
});

test("REL-4: end() waits five seconds for a transaction, then destroys its connection and rejects the waiters", async () => {
  const pool = connectionPool("app");
  const [first, second] = [await pool.acquire(), await pool.acquire()];
  const [lost, waiting] = [loss(first), pool.acquire().catch((error: unknown) => error)];
  await closePools();
  expect(await waiting).toMatchObject({ code: "CONNECTION_ENDED" });
  await lost;
  for (const connection of [first, second]) pool.release(connection);
  await expect(pool.acquire()).rejects.toMatchObject({ code: "CONNECTION_ENDED" });
  await expectToServe();
});

test("REL-4: a pool ended while a connection opens closes that one too, after its transaction", async () => {
  await closePools();
  const before = await openCount();
  const opening = connectionPool("app").acquire();
  const pool = connectionPool("app");
  const [connection, closed] = [await opening, closePools()];
  await pidOf(connection);
  pool.release(connection);
  await closed;
  expect([before, await openCount()]).toEqual([0, 0]);
});
