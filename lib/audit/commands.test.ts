import { v7 } from "uuid";
import { describe, expect, test } from "vitest";
import { auditActors, auditEntries } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import { exportAuditLog } from "@/lib/audit/commands";
import { collect, listAuditEntries, latestAuditEntry, newMember, newOrg, newSite, newSuperUser, type TestOrg } from "@/lib/testing/fixtures";

const period = { from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 60_000) };
const filter = { ...period, admins: [], sites: [], message: "" };

async function write(org: TestOrg, count: number, values: Partial<typeof auditEntries.$inferInsert> = {}) {
  const [actorId, now] = [v7(), Date.now()];
  await withTenant({ orgId: org.id, sites: "all" }, async (tx) => {
    await tx.insert(auditActors).values({ actorId, kind: "account", name: "=Ada", email: "ada@example.test" });
    await tx.insert(auditEntries).values(
      Array.from({ length: count }, (_, at) => ({
        occurredAt: new Date(now - 60_000 - at), actorId, actorKind: "account" as const,
        name: "site.updated" as const, message: `Update ${at}`, ipAddress: "192.0.2.7", ...values,
      })),
    );
  });
}

const exported = async (...args: Parameters<typeof exportAuditLog>) => (await collect(await exportAuditLog(...args))).flat();

describe("AUD-10: export", () => {
  test("AUD-10: the export contains every matching entry once, across batches", async () => {
    const { org, ...actor } = await newSuperUser();
    await write(org, 2_345);
    const entries = await exported(actor, { ...filter, message: "update", format: "ndjson" });
    expect(new Set(entries.map(({ message }) => message)).size).toBe(2_345);
    expect(entries).toHaveLength(2_345);
    expect(entries[0]).toMatchObject({ message: "Update 0", admin: "=Ada", actorKind: "account", ipAddress: "192.0.2.7" });
  });

  test("AUD-10: cancelling the download stops reading", async () => {
    const { org, ...actor } = await newSuperUser();
    await write(org, 1_500);
    const parts = await exportAuditLog(actor, { ...filter, format: "ndjson" });
    await parts.next();
    await parts.next();
    expect(await parts.return(undefined)).toMatchObject({ done: true });
    expect(await parts.next()).toMatchObject({ done: true, value: undefined });
  });

  test("AUD-1 (security): an export is audited before its first entry is sent", async () => {
    const { org, ...actor } = await newSuperUser();
    await exportAuditLog(actor, { ...filter, message: "x", format: "csv" });
    expect(await latestAuditEntry(actor)).toMatchObject({
      name: "audit.exported", actorId: actor.id, organizationId: org.id, message: "Exported audit log as CSV",
      change: { after: { message: "x" } },
    });
  });

  test("AUD-8: an export contains only what the reader may see; a denied export is audited", async () => {
    const org = await newOrg();
    const [mine, other] = [await newSite(org), await newSite(org)];
    await write(org, 3, { siteId: mine.id, siteName: mine.name, message: "Here" });
    await write(org, 3, { siteId: other.id, siteName: other.name, message: "There" });
    const reader = await newMember(org, "network_admin", [mine.id]);
    const text = JSON.stringify(await exported(reader, { ...filter, format: "ndjson" }));
    expect(text.match(/"Here"/g)).toHaveLength(3);
    expect(text).not.toContain("There");
    const observer = await newMember(org, "observer");
    await expect(exportAuditLog(observer, { ...filter, format: "csv" })).rejects.toMatchObject({ code: "forbidden" });
    expect(await latestAuditEntry(observer)).toMatchObject({ name: "access.denied", actorId: observer.id });
    const without = await newMember(org, "network_admin", []);
    expect(await exported(without, { ...filter, format: "ndjson" })).toEqual([]);
    expect((await listAuditEntries(reader)).filter(({ name }) => name === "audit.exported")).toHaveLength(2);
  });
});
