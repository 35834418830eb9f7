import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { auditEntries, ALL_ID, organizations } from "@/db/schema";
import { withAuthScope, withWorkerScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import { diff } from "@/lib/kernel/audit";
import { command } from "@/lib/kernel/command";
import { connectAsOwner, listAuditEntries, latestAuditEntry, newSite, newSuperUser } from "@/lib/testing/fixtures";
import { eventNames } from "@/lib/shared/events";
import { eventMessage } from "@/lib/shared/event-messages";

const rename = command({
  permission: "site.update",
  input: z.object({ label: z.string(), fails: z._default(z.boolean(), false) }),
  async run({ tx, actor, record }, { label, fails }) {
    await tx.update(organizations).set({ name: label });
    await record("site.updated", { subject: { id: actor.orgId, label }, before: { name: "a" }, after: { name: label } });
    if (fails) throw new Error("rolled back");
  },
});

const denied = { cause: { code: "42501" } };

describe("AUD-9: the log is append-only", () => {
  let actor: Awaited<ReturnType<typeof newSuperUser>>;

  beforeAll(async () => {
    actor = await newSuperUser();
    await rename(actor, { label: "Depot" });
  });

  test.each([
    ["change", "update audit_entries set message = 'Nothing'"],
    ["remove", "delete from audit_entries"],
    ["empty", "truncate audit_entries"],
    ["change the counts of", "update audit_entry_counts set entries = 0"],
    ["delete the counts of", "delete from audit_entry_counts"],
    ["bypass the policies of", "select 1 from audit_entries_default"],
    ["drop a partition of", "select drop_audit_partitions('2020-01-01')"],
    ["recount", "select recount_audit_entries()"],
    ["purge", "select purge_actor(gen_random_uuid(), gen_random_uuid())"],
    ["purge entries of", "select purge_actor_entries(gen_random_uuid(), gen_random_uuid(), 1)"],
    ["change the chain of", "update audit_chain_links set chain_hash = entry_hash"],
    ["add to the chain of", "insert into audit_chain_links (seq, occurred_at, entry_hash, chain_hash) values (1, now(), '', '')"],
    ["delete from the chain of", "delete from audit_chain_links"],
    ["trim the chain of", "select trim_audit_chain(gen_random_uuid(), 1)"],
    ["change the end of the chain of", "update audit_chains set seq = 0"],
    ["change a checkpoint of", "update audit_checkpoints set statement = ''"],
    ["sign a checkpoint of", "insert into audit_checkpoints (number, at, seq, chain_hash, statement, public_key, signature) values (1, now(), 1, '', '', '', '')"],
  ])("AUD-9: the request roles cannot %s it", async (_, statement) => {
    const scope = { orgId: actor.orgId, sites: "all" as const };
    await expect(withTenant(scope, (tx) => tx.execute(sql.raw(statement)))).rejects.toMatchObject(denied);
    await expect(withAuthScope({ accountId: actor.id }, (tx) => tx.execute(sql.raw(statement)))).rejects.toMatchObject(denied);
  });

  test.each(["update audit_entries set message = ''", "delete from audit_entries", "truncate audit_entries"])(
    "AUD-9: the worker cannot run: %s",
    async (statement) => {
      await expect(withWorkerScope((tx) => tx.execute(sql.raw(statement)))).rejects.toMatchObject(denied);
      expect(await listAuditEntries(actor)).toHaveLength(1);
    },
  );
});

test("AUD-1 (security): a change and its audit entry are committed or rolled back together", async () => {
  const { org, ...actor } = await newSuperUser();
  await expect(rename(actor, { label: "Depot", fails: true })).rejects.toThrow("rolled back");
  const names = await withTenant({ orgId: org.id, sites: "all" }, (tx) => tx.select({ name: organizations.name }).from(organizations));
  expect([names, await listAuditEntries(actor)]).toEqual([[{ name: org.name }], []]);
});

test("AUD-11: the counts match the entries, by actor, by site, by both and in total", async () => {
  const { org, ...actor } = await newSuperUser();
  const site = await newSite(org);
  const entry = { actorId: actor.id, actorKind: "account" as const, name: "site.updated" as const, message: "Update" };
  await Promise.all(
    [undefined, site.id, site.id].map((siteId) =>
      withTenant({ orgId: org.id, sites: "all" }, (tx) => tx.insert(auditEntries).values([{ ...entry, siteId }, { ...entry, siteId }])),
    ),
  );
  const counts = () =>
    withTenant({ orgId: org.id, sites: "all" }, (tx) =>
      tx.execute(sql`select actor_id, site_id, sum(entries)::int as entries from audit_entry_counts group by 1, 2 order by 3, 1, 2`),
    );
  const counted = await counts();
  expect(counted.map(({ entries }) => entries)).toEqual([2, 2, 4, 4, 6, 6]);
  expect(counted.at(-1)).toMatchObject({ actor_id: ALL_ID, site_id: ALL_ID });
  const owner = connectAsOwner();
  await owner`select recount_audit_entries(${org.id})`;
  await owner.end();
  expect(await counts()).toEqual(counted);
});

describe("AUD-6: messages", () => {
  test("AUD-6: every event has a short message with action and subject", () => {
    for (const name of eventNames) {
      const message = eventMessage(name, "Depot", "by hand");
      expect(message).toMatch(/^[A-Z][a-z]+/);
      expect(message.split(" ").length).toBeLessThanOrEqual(8);
    }
    expect(eventMessage("site.created", "Depot")).toBe("Added site Depot");
    expect(eventMessage("session.started", "ada@example.test")).toBe("Signed in");
    expect(eventMessage("administrator.revoked", "ada@example.test")).toBe("Revoked access of ada@example.test");
  });

  test("AUD-3 (security): messages contain no control characters and are limited in length", async () => {
    const { org: _, ...actor } = await newSuperUser();
    await rename(actor, { label: "De\r\npot\u001b[31m" });
    expect((await latestAuditEntry(actor))?.message).toBe("Changed name of site De pot [31m");
    expect(eventMessage("site.updated", "De\u0000\u0085pot")).toBe("Changed details of site De pot");
    expect(eventMessage("site.updated", "x".repeat(10_000))).toHaveLength(500);
  });

  test.each(["password", "newPassword", "secretHash", "apiToken", "privateKey"])("AUD-3 (security): a field named %s is never logged", (name) => {
    expect(() => diff({ before: { [name]: "a" }, after: { [name]: "b" } })).toThrow(name);
    expect(() => diff({ after: { [name]: "b" } })).toThrow(name);
  });

  test("AUD-4: a change stores only the fields that differ", () => {
    const before = { name: "a", country: "DE", groups: ["x"] };
    expect(diff({ before, after: { ...before, name: "b" } })).toEqual({ before: { name: "a" }, after: { name: "b" } });
    expect(diff({ before, after: { ...before, groups: ["x"] } })).toBeNull();
  });
});
