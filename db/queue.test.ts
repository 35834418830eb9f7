import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { enqueueWithin } from "@/db/queue";
import { asVisitor } from "@/db/second-door";
import { waiting } from "@/lib/testing/visitors";

test("REL-9: thirty at once that wait for one another and then leave a job are all served, also as the first of their process", async () => {
  const request = "0".repeat(64);
  const begun = Array.from({ length: 30 }, () =>
    asVisitor({}, async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(4711)`);
      await enqueueWithin(tx, "account.sign_up", { request });
    }),
  );
  await Promise.all(begun);
  expect(await waiting("account.sign_up", { request })).toHaveLength(30);
});
