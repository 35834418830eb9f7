import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { closePools } from "@/db/client";
import { enqueue } from "@/db/queue";
import { withAuthScope } from "@/db/auth-access";
import { queuedJobs } from "@/lib/testing/sign-in";

test("closing the pools leaves no timers behind, and enqueueing works again afterwards", async () => {
  const request = "1".repeat(64);
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
  await closePools();
  const before = timers();
  await withAuthScope({}, (tx) => enqueue(tx, "account.sign_up", { request }));
  await closePools();
  expect(timers()).toBeLessThanOrEqual(before);
  await withAuthScope({}, (tx) => enqueue(tx, "account.sign_up", { request }));
  expect(await queuedJobs("account.sign_up", { request })).toHaveLength(2);
});

test("REL-9: 30 concurrent transactions that wait for each other and then enqueue all commit, also as the first of their process", async () => {
  const request = "0".repeat(64);
  const transactions = Array.from({ length: 30 }, () =>
    withAuthScope({}, async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(4711)`);
      await enqueue(tx, "account.sign_up", { request });
    }),
  );
  await Promise.all(transactions);
  expect(await queuedJobs("account.sign_up", { request })).toHaveLength(30);
});
