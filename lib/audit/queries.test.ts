import { v7 } from "uuid";
import { beforeAll, describe, expect, test } from "vitest";
import { auditActors, auditEntries } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { getAuditEntry, pageSize, getAuditLog } from "@/lib/audit/queries";
import { newMember, newOrg, newSite, newSuperUser, type TestOrg } from "@/lib/testing/fixtures";
import { type Role, roleNames } from "@/lib/shared/roles";

const minute = 60_000;
const start = new Date(Date.now() - 6 * 60 * minute);
const period = { from: new Date(start.getTime() - minute), to: new Date(Date.now() + minute) };
const bounds = [period.from, new Date(start.getTime() + 60 * minute), period.to];
const all = { ...period, bounds };

type Written = { minutes: number; by: string; site?: { id: string; name: string }; message?: string; change?: object };

async function write(org: TestOrg, entries: readonly Written[], people: Record<string, string>) {
  const ids = Object.values(people);
  await withTenant({ orgId: org.id, sites: "all" }, async (tx) => {
    const names = Object.entries(people).map(([name, actorId]) => ({ actorId, kind: "account" as const, name, email: `${name}@example.test` }));
    if (ids.length > 0) await tx.insert(auditActors).values(names).onConflictDoNothing();
    await tx.insert(auditEntries).values(
      entries.map(({ minutes, by, site, message = `Update ${minutes}`, change }) => ({
        occurredAt: new Date(start.getTime() + minutes * minute),
        actorId: people[by] ?? v7(),
        actorKind: "account" as const,
        siteId: site?.id,
        siteName: site?.name,
        name: "site.updated" as const,
        message,
        change: change ?? null,
      })),
    );
  });
}

const messages = (page: { rows: readonly { message: string }[] }) => page.rows.map(({ message }) => message);

describe("pages", () => {
  let reader: Actor & { org: TestOrg };

  beforeAll(async () => {
    reader = await newSuperUser();
    const entries = Array.from({ length: 125 }, (_, at) => ({ minutes: at, by: "Ada", message: `Update ${at}` }));
    await write(reader.org, entries, { Ada: v7() });
  });

  test("AUD-1: entries are listed newest first, with actor, time and message", async () => {
    const { rows } = await getAuditLog(reader, all);
    expect(rows[0]).toMatchObject({ message: "Update 124", admin: "Ada", email: "Ada@example.test", siteId: null });
    expect(rows[0]?.at).toEqual(new Date(start.getTime() + 124 * minute));
    expect(messages({ rows })).toEqual(Array.from({ length: pageSize }, (_, at) => `Update ${124 - at}`));
  });

  test("AUD-11: paging forward and back shows every entry exactly once", async () => {
    const first = await getAuditLog(reader, all);
    const second = await getAuditLog(reader, { ...all, after: first.next });
    const third = await getAuditLog(reader, { ...all, after: second.next });
    expect([first, second, third].flatMap(messages)).toEqual(Array.from({ length: 125 }, (_, at) => `Update ${124 - at}`));
    expect([first.previous, third.next]).toEqual([undefined, undefined]);
    const back = await getAuditLog(reader, { ...all, before: third.previous });
    expect(messages(back)).toEqual(messages(second));
    const firstAgain = await getAuditLog(reader, { ...all, before: back.previous });
    expect(messages(firstAgain)).toEqual(messages(first));
    expect(firstAgain.previous).toBeUndefined();
  });

  test("AUD-11: paging to newer entries ends on a full first page", async () => {
    const { rows } = await getAuditLog(reader, all);
    const page = await getAuditLog(reader, { ...all, before: rows[10]?.cursor });
    expect(messages(page)).toEqual(messages({ rows }));
  });

  test("AUD-11: entries with the same timestamp are ordered by id", async () => {
    const { org, ...actor } = await newSuperUser();
    await write(org, Array.from({ length: 120 }, (_, at) => ({ minutes: 5, by: "Ada", message: `At once ${at}` })), { Ada: v7() });
    const seen = new Set<string>();
    let after: string | undefined;
    do {
      const page = await getAuditLog(actor, { ...all, after });
      for (const { message } of page.rows) seen.add(message);
      after = page.next;
    } while (after);
    expect(seen.size).toBe(120);
  });

  test("AUD-2: the period includes its start and excludes its end", async () => {
    const at = (minutes: number) => new Date(start.getTime() + minutes * minute);
    const page = await getAuditLog(reader, { from: at(10), to: at(13), bounds: [at(10), at(13)] });
    expect(messages(page)).toEqual(["Update 12", "Update 11", "Update 10"]);
  });

  test("AUD-10: the histogram counts every entry of the period once", async () => {
    const { bars } = await getAuditLog(reader, { ...all, bounds: [period.from, ...[30, 60, 90].map((m) => new Date(start.getTime() + m * minute)), period.to] });
    expect(bars.reduce((sum, count) => sum + count, 0)).toBe(125);
    expect(bars).toHaveLength(4);
  });
});

describe("filters", () => {
  const [ada, ben] = [v7(), v7()];
  let reader: Actor & { org: TestOrg };
  let sites: { id: string; name: string }[];

  beforeAll(async () => {
    reader = await newSuperUser();
    sites = [await newSite(reader.org, "Alpha"), await newSite(reader.org, "Beta")];
    const [alpha, beta] = sites;
    const entries: Written[] = [
      { minutes: 1, by: "Ada", site: alpha, message: "Update site Alpha" },
      { minutes: 2, by: "Ben", site: alpha, message: "Rename 100% of Alpha" },
      { minutes: 3, by: "Ada", site: beta, message: "Update site Beta" },
      { minutes: 30, by: "Ben", message: "Invited administrator x_y" },
      { minutes: 200, by: "Ada", site: alpha, message: "Deleted site Alpha" },
    ];
    await write(reader.org, entries, { Ada: ada, Ben: ben });
  });

  const messagesFor = async (filter: object) => messages(await getAuditLog(reader, { ...all, ...filter }));

  test("AUD-3: by one or several admins", async () => {
    expect(await messagesFor({ admins: [ben] })).toEqual(["Invited administrator x_y", "Rename 100% of Alpha"]);
    expect(await messagesFor({ admins: [ben, ada] })).toHaveLength(5);
    expect(await messagesFor({ admins: [v7()] })).toEqual([]);
  });

  test("AUD-3: by sites, and by sites and admins together", async () => {
    const [alpha, beta] = sites.map(({ id }) => id);
    expect(await messagesFor({ sites: [alpha] })).toEqual(["Deleted site Alpha", "Rename 100% of Alpha", "Update site Alpha"]);
    expect(await messagesFor({ sites: [alpha, beta] })).toHaveLength(4);
    expect(await messagesFor({ sites: [alpha], admins: [ada] })).toEqual(["Deleted site Alpha", "Update site Alpha"]);
    expect(await messagesFor({ sites: [beta], admins: [ben] })).toEqual([]);
  });

  test("AUD-3: by message, literally and case-insensitively", async () => {
    expect(await messagesFor({ message: "update SITE" })).toEqual(["Update site Beta", "Update site Alpha"]);
    expect(await messagesFor({ message: "100%" })).toEqual(["Rename 100% of Alpha"]);
    expect(await messagesFor({ message: "x_y" })).toEqual(["Invited administrator x_y"]);
    expect(await messagesFor({ message: "\\" })).toEqual([]);
  });

  test("AUD-3: the menus list admins and sites with entries, and the counts follow the filter", async () => {
    const { choices } = await getAuditLog(reader, all);
    expect(choices.admins.map(({ name }) => name)).toEqual(["Ada", "Ben"]);
    expect(choices.sites.map(({ name }) => name)).toEqual(["Alpha", "Beta"]);
    const filtered = await getAuditLog(reader, { ...all, findAdmin: "be", findSite: "ALPH", admins: [ada] });
    expect(filtered.choices.admins.map(({ name }) => name)).toEqual(["Ada", "Ben"]);
    expect(filtered.choices.sites.map(({ name }) => name)).toEqual(["Alpha"]);
    const count = async (filter: object) => (await getAuditLog(reader, { ...all, ...filter })).bars.reduce((a, b) => a + b, 0);
    const [alpha] = sites.map(({ id }) => id);
    expect(await Promise.all([count({}), count({ admins: [ben] }), count({ sites: [alpha] }), count({ admins: [ada], sites: [alpha] })])).toEqual([5, 2, 3, 2]);
  });

  test("AUD-3: paging with an admin and site filter shows every entry", async () => {
    const { org, ...actor } = await newSuperUser();
    const site = await newSite(org);
    const entries = Array.from({ length: 130 }, (_, at) => ({ minutes: at * 2, by: at % 2 ? "Ada" : "Ben", site, message: `Update ${at}` }));
    const cleo = v7();
    await write(org, entries, { Ada: cleo });
    const filter = { ...all, admins: [cleo], sites: [site.id] };
    const first = await getAuditLog(actor, filter);
    const second = await getAuditLog(actor, { ...filter, after: first.next });
    expect([...messages(first), ...messages(second)]).toEqual(Array.from({ length: 65 }, (_, at) => `Update ${129 - 2 * at}`));
    expect(messages(await getAuditLog(actor, { ...filter, before: second.previous }))).toEqual(messages(first));
  });
});

describe("visibility", () => {
  let org: TestOrg;
  let [mine, other]: { id: string; name: string }[] = [];

  beforeAll(async () => {
    org = await newOrg();
    [mine, other] = [await newSite(org, "Mine"), await newSite(org, "Other")];
    const entries: Written[] = [
      { minutes: 1, by: "Ada", site: mine, message: "Here" },
      { minutes: 2, by: "Ben", site: other, message: "There" },
      { minutes: 3, by: "Cleo", message: "Everywhere" },
    ];
    await write(org, entries, { Ada: v7(), Ben: v7(), Cleo: v7() });
  });

  test.each(["super_user", "super_observer", "network_admin"] as const)("AUD-8: the role %s sees all entries", async (role) => {
    const page = await getAuditLog(await newMember(org, role), all);
    expect(messages(page)).toEqual(["Everywhere", "There", "Here"]);
  });

  test("AUD-8: a Network Admin limited to some sites sees only those, in rows, counts and menus (TEN-6)", async () => {
    const reader = await newMember(org, "network_admin", [mine?.id ?? ""]);
    const page = await getAuditLog(reader, all);
    expect(messages(page)).toEqual(["Here"]);
    expect(page.bars.reduce((a, b) => a + b, 0)).toBe(1);
    expect(page.choices.admins.map(({ name }) => name)).toEqual(["Ada"]);
    expect(page.choices.sites.map(({ name }) => name)).toEqual(["Mine"]);
    const asked = await getAuditLog(reader, { ...all, sites: [other?.id ?? ""] });
    expect([messages(asked), asked.bars.reduce((a, b) => a + b, 0)]).toEqual([[], 0]);
    const without = await getAuditLog(await newMember(org, "network_admin", []), all);
    expect([messages(without), without.choices.admins]).toEqual([[], []]);
  });

  test("AUD-8: an entry of another site or organization is not found", async () => {
    const whole = await getAuditLog(await newMember(org, "super_user"), all);
    const [, there, here] = whole.rows;
    const reader = await newMember(org, "network_admin", [mine?.id ?? ""]);
    expect(await getAuditEntry(reader, { entry: here?.cursor ?? "" })).toMatchObject({ message: "Here", admin: "Ada" });
    await expect(getAuditEntry(reader, { entry: there?.cursor ?? "" })).rejects.toMatchObject({ code: "not_found" });
    await expect(getAuditEntry(await newSuperUser(), { entry: here?.cursor ?? "" })).rejects.toMatchObject({ code: "not_found" });
  });

  const others = roleNames.filter((role): role is Role => !["super_user", "super_observer", "network_admin"].includes(role));

  test.each(others)("AUD-8: the role %s cannot read the log", async (role) => {
    await expect(getAuditLog(await newMember(org, role), all)).rejects.toMatchObject({ code: "forbidden" });
  });
});

test("AUD-4: the details of an entry include before and after values", async () => {
  const reader = await newSuperUser();
  await write(reader.org, [{ minutes: 1, by: "Ada", change: { before: { name: "a" }, after: { name: "b" } } }], { Ada: v7() });
  const { rows } = await getAuditLog(reader, all);
  expect(rows[0]?.detailed).toBe(true);
  const entry = await getAuditEntry(reader, { entry: rows[0]?.cursor ?? "" });
  expect(entry).toMatchObject({ change: { before: { name: "a" }, after: { name: "b" } }, actorKind: "account", name: "site.updated" });
});
