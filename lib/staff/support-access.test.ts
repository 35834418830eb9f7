import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { tablePrivileges } from "@/db/privileges";
import { organizations } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Tx } from "@/db/tx";
import type { Actor } from "@/lib/access/actor";
import { getAdministrator, listAdministrators } from "@/lib/administrators/queries";
import { getAuditLog } from "@/lib/audit/queries";
import { createSavedView } from "@/lib/saved-views/commands";
import { createSite, exportSites, updateSite } from "@/lib/sites/commands";
import { getSite, listSites } from "@/lib/sites/queries";
import { enterOrganization } from "@/lib/staff/commands";
import { getOrganizationFacts } from "@/lib/staff/queries";
import { staffActor } from "@/lib/staff/rules";
import { listAuditEntries, newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";
import { tenantTables } from "@/lib/testing/organization-rows";
import { insertSampleRow } from "@/lib/testing/sample-row";
import { newRequestMetadata } from "@/lib/testing/sign-in";

const ida = staffActor("Ida Holm");
const reason = "Ticket 4711";

/** Secrets and what belongs to single people; every other table of an organization may be read. */
const hidden = ["access_end_reminders", "certificate_authorities", "certificate_reminders", "linked_accounts", "notification_subscriptions", "organization_secrets", "saved_views", "sdk_keys", "site_imports", "site_secrets"];

const setSupportAccess = ({ orgId }: Pick<Actor, "orgId">, on: boolean) =>
  withTenant({ orgId, sites: "all" }, (tx) => tx.update(organizations).set({ settings: { allow_mist: on } }).where(eq(organizations.id, orgId)));

const enter = ({ orgId }: Pick<Actor, "orgId">) => enterOrganization(ida, { organization: orgId, reason }, newRequestMetadata());
const asStaff = <T>({ orgId }: Pick<Actor, "orgId">, work: (tx: Tx) => Promise<T>) => withTenant({ orgId, sites: "all", actor: "staff" }, work);

const berlin = { name: "Berlin", country: "DE", timeZone: "Europe/Berlin", streetAddress: "", groups: "Stores" };

/** The number of rows, or the error of the database. */
const outcome = (attempt: Promise<{ count: number }>) =>
  attempt.then(
    ({ count }) => count,
    (error: Error & { cause?: Error }) => (error.cause ?? error).message,
  );

describe("ORG-9, SUP-1, SUP-2: what support staff see of each table", async () => {
  const tables = await tenantTables();
  let owner: Awaited<ReturnType<typeof newSuperUser>>;
  beforeAll(async () => {
    owner = await newSuperUser();
    const site = await createSite(owner, berlin);
    await newMember(owner.org, "observer", [site.id]);
    await createSavedView(owner, { list: "sites", name: "Mine", query: "" });
  });

  test.each(tables)("%s", async (table) => {
    const [name, isOwn] = [sql.identifier(table), sql`organization_id = ${owner.orgId}`];
    const select = (tx: Tx) => tx.execute(sql`select 1 from ${name} where ${isOwn}`);
    const changes = [sql`update ${name} set organization_id = organization_id where ${isOwn}`, sql`delete from ${name} where ${isOwn}`];
    const own = { orgId: owner.orgId, sites: "all" as const, accountId: owner.id };
    if ((await withTenant(own, select)).count === 0) await insertSampleRow(own, table);
    const rows = (await withTenant(own, select)).count;
    expect(rows).toBeGreaterThan(0);

    for (const on of [true, false, true]) {
      await setSupportAccess(owner, on);
      const seen = await withTenant({ ...own, actor: "staff" }, select);
      expect(seen.count, on ? "on" : "off").toBe(on && !hidden.includes(table) ? rows : 0);
    }
    for (const change of changes) {
      const refused = await outcome(withTenant({ ...own, actor: "staff" }, (tx) => tx.execute(change)));
      expect([0, `permission denied for table ${table}`, `new row violates row-level security policy for table "${table}"`, `new row violates row-level security policy "${table}_staff" for table "${table}"`]).toContain(refused);
    }
    if (tablePrivileges[table]?.app?.includes("insert")) {
      const inserted = insertSampleRow({ ...own, actor: "staff" }, table).then(() => ({ count: 1 }));
      expect(await outcome(inserted)).toMatch(/row-level security|null value/);
    }
    expect((await withTenant(own, select)).count).toBe(rows);
  });
});

describe("ORG-9: Support Access", () => {
  test("SUP-3: a visit is in the organization's audit log under the name of the staff member, with its reason", async () => {
    const owner = await newSuperUser();
    const visitor = await enter(owner);
    expect(visitor).toMatchObject({ kind: "staff", name: "Ida Holm", orgId: owner.orgId });
    expect((await listAuditEntries(owner))[0]).toMatchObject({
      name: "support.entered",
      actorKind: "staff",
      actorId: ida.id,
      message: "Viewed the organization as support staff: Ticket 4711",
    });
    const [from, to] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 3_600_000)];
    expect((await getAuditLog(owner, { from, to, bounds: [from, to] })).rows).toContainEqual(expect.objectContaining({ admin: "Ida Holm" }));
    await expect(enterOrganization(ida, { organization: owner.orgId, reason: " " })).rejects.toMatchObject({ code: "invalid" });
  });

  test("on by default: staff read sites, administrators and the audit log", async () => {
    const owner = await newSuperUser();
    const site = await createSite(owner, berlin);
    const visitor = await enter(owner);
    expect((await getSite(visitor, { siteId: site.id })).name).toBe("Berlin");
    expect((await listSites(visitor, {})).rows).toHaveLength(1);
    expect((await listAdministrators(visitor, {})).rows).toHaveLength(1);
    expect((await getAdministrator(visitor, { administratorId: String(owner.membershipId) })).email).toBe(owner.email);
  });

  test("SUP-1: turned off, a visit that has begun sees nothing from its next query; turned on, it sees it again", async () => {
    const owner = await newSuperUser();
    const site = await newSite(owner.org);
    const visitor = await enter(owner);
    await setSupportAccess(owner, false);
    await expect(getSite(visitor, { siteId: site.id })).rejects.toMatchObject({ code: "not_found" });
    expect((await listSites(visitor, {})).rows).toEqual([]);
    expect((await listAdministrators(visitor, {})).rows).toEqual([]);
    await setSupportAccess(owner, true);
    expect((await getSite(visitor, { siteId: site.id })).name).toBe(site.name);
  });

  test("SUP-1: while it is off, staff see the name of the organization, and no settings; an attempt to enter is refused and recorded", async () => {
    const owner = await newSuperUser();
    expect(await getOrganizationFacts({ organization: owner.orgId })).toMatchObject({ name: owner.org.name, isPartner: false, supportAccess: true });
    await setSupportAccess(owner, false);
    expect(await getOrganizationFacts({ organization: owner.orgId })).toMatchObject({ name: owner.org.name, supportAccess: false });
    await expect(enter(owner)).rejects.toMatchObject({ code: "forbidden", message: `Support Access of ${owner.org.name} is off` });
    expect((await listAuditEntries(owner))[0]).toMatchObject({ name: "support.refused", actorKind: "staff", actorId: ida.id });
    expect(await asStaff(owner, (tx) => tx.select({ name: organizations.name }).from(organizations))).toEqual([]);
    await expect(getOrganizationFacts({ organization: ida.id })).rejects.toMatchObject({ code: "not_found" });
  });

  test("SUP-2: staff change nothing: every command is refused and recorded under their name", async () => {
    const owner = await newSuperUser();
    const site = await newSite(owner.org);
    const visitor = await enter(owner);
    const { groups, ...fields } = berlin;
    const attempts = [() => createSite(visitor, berlin), () => updateSite(visitor, { ...fields, groups, siteId: site.id, version: 1 }), async () => (await exportSites(visitor, {})).next()];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: "forbidden", message: "Support staff can view this organization, but not change it" });
    expect(await listAuditEntries(owner)).toContainEqual(expect.objectContaining({ name: "access.denied", actorKind: "staff", message: "Not allowed to create sites" }));
    expect((await getSite(owner, { siteId: site.id })).name).toBe(site.name);
  });

  test("SUP-2: staff read no password, and no link that was emailed", async () => {
    const owner = await newSuperUser();
    await enter(owner);
    await expect(asStaff(owner, (tx) => tx.execute(sql`select password_hash from accounts`))).rejects.toThrow();
    expect([...(await asStaff(owner, (tx) => tx.execute(sql`select id from email_tokens`)))]).toEqual([]);
  });
});
