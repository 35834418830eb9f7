import { sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { runTransaction } from "@/db/transaction";
import type { Tx } from "@/db/tx";
import { connectAsOwner } from "@/lib/testing/fixtures";

const owner = connectAsOwner();
afterAll(() => owner.end());

const asApp = <T>(work: (tx: Tx) => Promise<T>) => runTransaction({ role: "app", accessMode: "read write", variables: {} }, work);
const raise = (code: string, constraint = "") =>
  sql.raw(`do $$ begin raise exception 'raised' using errcode = '${code}', constraint = '${constraint}'; end $$`);
const refusalOf = (attempt: Promise<unknown>) => attempt.then(() => "none", (error: unknown) => error);

test.each([
  ["serialization failure", "40001", "at the same moment"],
  ["deadlock", "40P01", "at the same moment"],
  ["lock timeout", "55P03", "at the same moment"],
  ["foreign key without words of its own", "23503", "changed or deleted meanwhile"],
  ["unique key without words of its own", "23505", "changed or deleted meanwhile"],
  ["exclusion", "23P01", "changed or deleted meanwhile"],
])("X-6: a %s is a conflict in words", async (_name, code, words) => {
  const refusal = await refusalOf(asApp((tx) => tx.execute(raise(code))));
  expect(refusal).toMatchObject({ code: "conflict", message: expect.stringContaining(words) });
});

test.each([
  ["sites_name_key", "23505", { code: "conflict", fields: { name: ["A site with this name already exists"] } }],
  ["notification_subscriptions_site_same_org", "23503", { code: "not_found", message: "Site not found" }],
  ["parcels_account_id_accounts_id_fk", "23503", { code: "unauthenticated" }],
  ["parcels_organization_id_organizations_id_fk", "23503", { code: "not_found" }],
])("X-6: the constraint %s has its own words", async (constraint, code, expected) => {
  expect(await refusalOf(asApp((tx) => tx.execute(raise(code, constraint))))).toMatchObject(expected);
});

test("an error that no other transaction causes stays as it is", async () => {
  const refusal = await refusalOf(asApp((tx) => tx.execute(raise("23514", "accounts_user_group"))));
  expect(refusal).toMatchObject({ cause: { code: "23514" } });
});

test("X-6: a violation that is found at COMMIT has words too", async () => {
  await owner`create table parcels (label text, constraint parcels_label_key unique (label) deferrable initially deferred)`;
  await owner`grant insert on parcels to signalbox_app`;
  const refusal = await refusalOf(asApp((tx) => tx.execute(sql`insert into parcels values ('a'), ('a')`)));
  expect(refusal).toMatchObject({ code: "conflict", cause: { code: "23505" } });
});

const lock = (key: number) => sql`select pg_advisory_xact_lock(${key})`;

test("X-6: of two transactions in a deadlock one is done and one is refused in words", async () => {
  let arrived = 0;
  const both = Promise.withResolvers<void>();
  const inOrder = (first: number, second: number) =>
    asApp(async (tx) => {
      await tx.execute(lock(first));
      if ((arrived += 1) === 2) both.resolve();
      await both.promise;
      await tx.execute(lock(second));
    });
  const outcomes = await Promise.all([refusalOf(inOrder(1, 2)), refusalOf(inOrder(2, 1))]);
  expect(outcomes).toContain("none");
  expect(outcomes).toContainEqual(expect.objectContaining({ code: "conflict" }));
});

test("X-6: who waits for a lock for too long is refused in words", async () => {
  await asApp(async (tx) => {
    await tx.execute(lock(3));
    const refusal = refusalOf(asApp((other) => other.execute(lock(3))));
    expect(await refusal).toMatchObject({ code: "conflict", cause: { code: "55P03" } });
  });
});
