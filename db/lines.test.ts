import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { closePools, connect } from "@/db/client";
import type { Line } from "@/db/line";
import { lines } from "@/db/lines";
import { transact } from "@/db/transaction";
import type { Tx } from "@/db/tx";
import { asOwner } from "@/lib/testing/world";

process.env.POOL_SIZE = "2";

const owner = asOwner();
const killer = connect("app", { max: 1 });
afterAll(() => Promise.all([owner.end(), killer.end()]));

const kill = (pid: number) => killer`select pg_terminate_backend(${pid})`;
const killAny = () => killer`
  select pg_terminate_backend(pid) from pg_stat_activity
  where usename = current_user and datname = current_database() and pid <> pg_backend_pid() order by random() limit 1`;

const pidOf = async ({ sql }: Line) => Number((await sql`select pg_backend_pid() as pid`)[0]?.pid);
const loss = (line: Line) => new Promise<void>((resolve) => (line.onLost = () => resolve()));

/** How many connections Postgres has open for requests in the database of this file. */
async function opened(): Promise<number> {
  const rows = await owner`select 1 from pg_stat_activity where usename = 'signalbox_app' and datname = current_database()`;
  return rows.length - (await killer`select 1`).length;
}

/** The pool lends two connections at once, and Postgres knows of no other, once those that were killed last have heard of it. */
async function expectToServe() {
  const hear = async () => {
    const line = await lines("app").take();
    const lost = loss(line);
    await Promise.race([lost, pidOf(line).catch(() => lost)]);
    lines("app").give(line);
  };
  await Promise.all([hear(), hear()]);
  const taken = await Promise.all([lines("app").take(), lines("app").take()]);
  expect(new Set(await Promise.all(taken.map(pidOf))).size).toBe(2);
  expect(await opened()).toBe(2);
  for (const line of taken) lines("app").give(line);
}

const uses: Record<string, (line: Line) => Promise<unknown>> = {
  "is given back at once": () => Promise.resolve(),
  "asks something": pidOf,
  "asks what fails": (line) => line.sql`select 1 / 0`,
  "is lost": async (line) => kill(await pidOf(line)).then(() => new Promise(() => {})),
  "is lost while it asks": async (line) => {
    const pid = await pidOf(line);
    await Promise.all([line.sql`select pg_sleep(5)`, kill(pid)]);
  },
  "goes silent": async (line) => line.abandon(),
  "takes another along": killAny,
};

const storm = fc.array(fc.constantFrom(...Object.keys(uses)), { minLength: 200, maxLength: 200 });

test("REL-9: of two hundred at once that lose connections at random, each has one to itself, and none waits for ever", async () => {
  await fc.assert(
    fc.asyncProperty(storm, async (names) => {
      const lent = new Set<Line>();
      const twice: Line[] = [];
      let most = 0;
      const one = async (name: string) => {
        const line = await lines("app").take();
        if (lent.has(line) || line.lost) twice.push(line);
        most = Math.max(most, lent.add(line).size);
        await Promise.race([loss(line), uses[name]?.(line)]).catch(() => {});
        lent.delete(line);
        lines("app").give(line);
      };
      await Promise.allSettled(names.map(one));
      expect([twice, most, lent.size]).toEqual([[], 2, 0]);
      await expectToServe();
    }),
    { numRuns: 3, endOnFailure: true },
  );
});

const acts: Record<string, (tx: Tx, pid: number) => Promise<unknown>> = {
  "keeps something": (tx) => tx.execute("select 1"),
  "asks what fails": (tx) => tx.execute("select 1 / 0"),
  "fails by itself": () => Promise.reject(new Error("changed its mind")),
  "is lost before its end": (_tx, pid) => kill(pid),
  "is lost while it asks": (tx, pid) => Promise.all([tx.execute("select pg_sleep(5)"), kill(pid)]),
  "takes another along": killAny,
};

const transactions = fc.array(fc.tuple(fc.constantFrom(...Object.keys(acts)), fc.constantFrom("read only" as const, "read write" as const)), { minLength: 200, maxLength: 200 });

test("REL-4, REL-9: two hundred transactions at once of which many are lost: each is over, for a reason, and the pool serves on", async () => {
  await fc.assert(
    fc.asyncProperty(transactions, async (orders) => {
      const alive = new Set<number>();
      const outcomes = await Promise.allSettled(
        orders.map(([name, mode]) =>
          transact({ role: "app", mode, settings: { "app.org_id": "" } }, async (tx) => {
            const [row] = await tx.execute<{ pid: number }>("select pg_backend_pid() as pid");
            const pid = row?.pid ?? 0;
            expect(alive.has(pid)).toBe(false);
            alive.add(pid);
            await acts[name]?.(tx, pid).finally(() => alive.delete(pid));
          }),
        ),
      );
      const reasons = outcomes.flatMap((one) => (one.status === "rejected" ? [String(Reflect.get((one.reason as Error).cause ?? one.reason, "code") ?? one.reason)] : []));
      for (const reason of reasons) expect(reason).toMatch(/^(CONNECTION_CLOSED|57P01|22012|ECONNRESET|EPIPE|Error: changed its mind)$/);
      await expectToServe();
    }),
    { numRuns: 3, endOnFailure: true },
  );
});

test("REL-9: while Postgres refuses more connections and one is in use, those who wait are told, and served once it is given back", async () => {
  await closePools();
  const [{ name = "" } = {}] = await owner`select current_database() as name`;
  const held = await lines("app").take();
  const allowed = async (most: number) => owner.unsafe(`alter database ${name} connection limit ${most}`);
  const [{ count = 0 } = {}] = await owner`select count(*)::int as count from pg_stat_activity where datname = current_database()`;
  await allowed(count);
  const asked = Array.from({ length: 50 }, () => lines("app").take());
  const told = (await Promise.allSettled(asked)).map((one) => (one.status === "rejected" ? (one.reason as { code: string }).code : "served"));
  expect(new Set(told)).toEqual(new Set(["53300"]));
  await allowed(-1);
  lines("app").give(held);
  await expectToServe();
});

test("REL-4: closing waits five seconds for a transaction, then takes its connection away and tells those who wait", async () => {
  const pool = lines("app");
  const held = [await pool.take(), await pool.take()];
  const [lost, waiting] = [loss(held[0] as Line), pool.take().catch((fault: unknown) => fault)];
  await closePools();
  expect(await waiting).toMatchObject({ code: "CONNECTION_ENDED" });
  await lost;
  for (const line of held) pool.give(line);
  await expect(pool.take()).rejects.toMatchObject({ code: "CONNECTION_ENDED" });
  await expectToServe();
});

test("REL-4: what is closed while a connection is being opened closes that one too, once its transaction has ended", async () => {
  await closePools();
  const before = await opened();
  const begun = lines("app").take();
  const pool = lines("app");
  const [line, closed] = [await begun, closePools()];
  await pidOf(line);
  pool.give(line);
  await closed;
  expect([before, await opened()]).toEqual([0, 0]);
});
