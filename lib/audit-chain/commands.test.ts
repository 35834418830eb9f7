import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { withTenant } from "@/db/tenant-transaction";
import { withWorkerScope } from "@/db/auth-access";
import { exportForVerification, startVerification } from "@/lib/audit-chain/commands";
import { verifyAuditLog } from "@/lib/audit-chain/jobs";
import { getVerification } from "@/lib/audit-chain/queries";
import { asDatabaseOwner, newSignedChain, writeEntries } from "@/lib/testing/audit-chain";
import { collect, listAuditEntries, newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";

async function runQueued(orgId: string) {
  const jobs = await withWorkerScope((tx) => tx.execute<{ data: object }>(sql`select data from pgboss.job where name = 'audit.verify' and data ->> 'orgId' = ${orgId} order by created_on desc limit 1`));
  await verifyAuditLog.perform(jobs[0]?.data);
}

test("AUD-10: the button verifies the log and says the result with the last checkpoint and its key", async () => {
  const actor = await newSignedChain();
  expect((await getVerification(actor, {})).verification).toBeUndefined();
  await startVerification(actor, {});
  expect((await getVerification(actor, {})).verification).toMatchObject({ isRunning: true, result: null, startedBy: actor.name });
  await runQueued(actor.orgId);
  const { verification, key } = await getVerification(actor, {});
  expect(verification).toMatchObject({ isRunning: false, checked: 6, total: 6, finishedAt: expect.any(Date) });
  expect(verification?.result).toMatchObject({ entries: 6, findingCount: 0, checkpoint: { number: 1, seq: 5, key } });
  expect((await listAuditEntries(actor))[0]).toMatchObject({ name: "audit.verification_started", message: "Started verification of audit log" });
});

test("AUD-10: the first verification signs a log that has no checkpoint yet", async () => {
  const actor = await newSuperUser();
  await startVerification(actor, {});
  await runQueued(actor.orgId);
  expect((await getVerification(actor, {})).verification?.result).toMatchObject({ entries: 1, findingCount: 0, checkpoint: { number: 1, seq: 1 } });
});

test("AUD-10: a result that finds something names the entry until the next verification", async () => {
  const actor = await newSignedChain();
  await asDatabaseOwner((tx) => tx`update audit_entries set message = 'Nothing' where organization_id = ${actor.orgId} and message = 'Three'`);
  await startVerification(actor, {});
  await runQueued(actor.orgId);
  expect((await getVerification(actor, {})).verification?.result?.findings).toEqual([{ kind: "changed", from: 3, at: expect.any(String), message: "Nothing" }]);
});

test("AUD-10: of several people who start a verification at once, one does, and one that stopped can be started again", async () => {
  const actor = await newSignedChain();
  await Promise.all(Array.from({ length: 8 }, () => startVerification(actor, {})));
  const started = async () => (await listAuditEntries(actor)).filter(({ name }) => name === "audit.verification_started").length;
  expect(await started()).toBe(1);
  await withTenant({ orgId: actor.orgId, sites: "all" }, (tx) => tx.execute(sql`update audit_verifications set updated_at = now() - interval '3 minutes'`));
  expect((await getVerification(actor, {})).verification?.isRunning).toBe(false);
  await startVerification(actor, {});
  expect(await started()).toBe(2);
});

test("AUD-10: only people who see all entries verify them and export them for verification (AUD-8)", async () => {
  const { org, ...superUser } = await newSuperUser();
  await writeEntries(superUser, [{ message: "One" }]);
  const site = await newSite(org);
  for (const actor of [await newMember(org, "super_observer"), await newMember(org, "network_admin")]) {
    await startVerification(actor, {});
    expect(await collect(await exportForVerification(actor, {}))).not.toEqual([]);
  }
  for (const actor of [await newMember(org, "network_admin", [site.id]), await newMember(org, "observer"), await newMember(org, "helpdesk")]) {
    await expect(startVerification(actor, {})).rejects.toMatchObject({ code: "forbidden" });
    await expect(getVerification(actor, {})).rejects.toMatchObject({ code: "forbidden" });
    await expect(exportForVerification(actor, {})).rejects.toMatchObject({ code: "forbidden" });
  }
  const links = (sites: string[]) => withTenant({ orgId: org.id, sites }, (tx) => tx.execute(sql`select 1 from audit_chain_links union all select 1 from audit_checkpoints`));
  expect([...(await links([site.id]))]).toEqual([]);
});
