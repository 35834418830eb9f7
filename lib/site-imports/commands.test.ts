import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { withWorkerScope } from "@/db/auth-access";
import { siteImports } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { createSiteImport, startSiteImport, undoSiteImport } from "@/lib/site-imports/commands";
import { importChunk } from "@/lib/site-imports/internal";
import { runSiteImport } from "@/lib/site-imports/jobs";
import { getSiteImport, getUndoImpact, listSiteImports } from "@/lib/site-imports/queries";
import { createSite, deleteSite, updateSite } from "@/lib/sites/commands";
import { getSite, listSites } from "@/lib/sites/queries";
import { siteFormValues } from "@/lib/sites/rules";
import { listAuditEntries, newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";
import { race, rounds } from "@/lib/testing/race";

const listOf = (count: number) => `name,country\n${Array.from({ length: count }, (_, index) => `Site ${index + 1},DE`).join("\n")}`;
const preview = (actor: Actor, csv: string, rest: { createsGroups?: "true" } = {}) => createSiteImport(actor, { csv, ...rest });
const perform = ({ orgId }: Actor, id: string) => runSiteImport.perform({ orgId, id });
const chunk = ({ orgId }: Actor, id: string) => withWorkerScope((tx) => importChunk(tx, orgId, id), orgId);
const namesOf = async (actor: Actor) => (await listSites(actor, {})).rows.map(({ name }) => name);
const eventsOf = async (actor: Actor) => (await listAuditEntries(actor)).map(({ name }) => name).toReversed();
const asOwner = ({ orgId }: Actor, change: ReturnType<typeof sql>) => withTenant({ orgId, sites: "all" }, (tx) => tx.execute(change));

async function run(actor: Actor, csv: string, rest: { createsGroups?: "true" } = {}) {
  const { id } = await preview(actor, csv, rest);
  await startSiteImport(actor, { siteImportId: id });
  await perform(actor, id);
  return id;
}

describe("SIT-20: a list of sites is looked at before it is imported", () => {
  test("the preview says what would become of each row, and nothing is imported or recorded", async () => {
    const actor = await newSuperUser();
    await newSite(actor.org, "Kiel");
    const { id } = await preview(actor, "name,country,colour,groups\nKIEL,DE,red,\nBonn,DE,blue,\nUlm,Atlantis,,\nTrier,DE,,Nord\n");
    const { page, counts, ignoredColumns, fileName, status } = await getSiteImport(actor, { siteImportId: id });
    expect(page.rows.map(({ line, name, status: result, text }) => `${line} ${name} ${result} ${text}`)).toEqual([
      "2 KIEL ignored A site of this name exists",
      "3 Bonn added ",
      "4 Ulm faulty Country: “Atlantis” is no country",
      "5 Trier faulty Site groups: No site group is called “Nord”",
    ]);
    expect([counts.added, counts.ignored, counts.faulty, ignoredColumns, fileName, status]).toEqual([1, 1, 2, ["colour"], "KIEL and 3 more", "waiting"]);
    expect([await namesOf(actor), await eventsOf(actor)]).toEqual([["Kiel"], []]);
    expect(await undoSiteImport(actor, { siteImportId: id })).toMatchObject({ cancelled: true });
    await expect(getSiteImport(actor, { siteImportId: id })).rejects.toMatchObject({ code: "not_found" });
    expect(await eventsOf(actor)).toEqual([]);
  });

  test("the rows are searched, filtered and paged", async () => {
    const actor = await newSuperUser();
    const { id } = await preview(actor, `${listOf(120)}\nUlm,Atlantis\n`);
    const pageOf = async (input: object) => (await getSiteImport.fromRaw(actor, { siteImportId: id, ...input })).page;
    expect(await pageOf({})).toMatchObject({ from: 1, total: 121, previous: undefined, next: "50" });
    expect(await pageOf({ after: "100" })).toMatchObject({ from: 101, previous: "100", next: undefined });
    expect((await pageOf({ before: "100" })).rows[0]?.name).toBe("Site 51");
    expect((await pageOf({ result: "faulty" })).rows.map(({ name }) => name)).toEqual(["Ulm"]);
    expect((await pageOf({ search: "atlantis" })).total).toBe(1);
    expect((await pageOf({ after: "-5; drop" })).from).toBe(1);
  });

  test("UPL-4: a refused list is not stored, and its error stands beside the field", async () => {
    const actor = await newSuperUser();
    await expect(preview(actor, "name\nKiel\n")).rejects.toMatchObject({ code: "invalid", fields: { csv: [expect.stringMatching(/no column Country/)] } });
    await expect(createSiteImport(actor, { csv: "", file: " ", fileName: "x.csv" })).rejects.toMatchObject({ fields: { file: ["Choose a file or paste a list"] } });
    expect((await listSiteImports(actor, {})).rows).toEqual([]);
  });

  test("UPL-4: a person has at most five previews, and those of a day ago are removed", async () => {
    const actor = await newSuperUser();
    const other = await newMember(actor.org, "network_admin");
    await preview(other, listOf(1));
    for (const count of [1, 2, 3, 4, 5, 6]) await preview(actor, listOf(count));
    expect((await listSiteImports(actor, {})).rows.map(({ total }) => total)).toEqual([6, 5, 4, 3, 2, 1]);
    await asOwner(actor, sql`update site_imports set created_at = now() - interval '25 hours' where status = 'waiting'`);
    await preview(actor, listOf(7));
    expect((await listSiteImports(actor, {})).rows.map(({ total }) => total)).toEqual([7]);
  });
});

describe("SIT-20: the import runs as a job", () => {
  test("each site is added with its own audit entry by the person who started it, after one for the import", async () => {
    const actor = await newSuperUser();
    const id = await run(actor, "name,country,lat,lng,notes,address,groups\nBonn,DE,50.7,7.1,On the Rhine,Markt 1,Nord;West\nBonn,FR,,,,,\nUlm,DE,,,,,nord\n", { createsGroups: "true" });
    const { page, status, done, total, added } = await getSiteImport(actor, { siteImportId: id });
    expect([status, done, total, added]).toEqual(["done", 3, 3, 2]);
    expect(page.rows.map(({ name, status: result, siteId }) => [name, result, typeof siteId])).toEqual([["Bonn", "added", "string"], ["Bonn", "faulty", "undefined"], ["Ulm", "added", "string"]]);
    expect(await eventsOf(actor)).toEqual(["site.import_started", "site_group.created", "site_group.created", "site.created", "site.created"]);
    const entries = await listAuditEntries(actor);
    const [last, started] = [entries[0], entries.at(-1)];
    expect(last).toMatchObject({ actorId: actor.id, siteName: "Ulm", message: "Added site Ulm", ipAddress: null });
    expect(started).toMatchObject({ message: "Started import of sites from Bonn and 2 more", change: { after: { sites: 2, newGroups: ["Nord", "West"] } } });
    const sites = await asOwner(actor, sql`select name, latitude, longitude, notes, street_address as address, time_zone as zone, version from sites order by name`);
    expect([...sites]).toEqual([
      { name: "Bonn", latitude: 50.7, longitude: 7.1, notes: "On the Rhine", address: "Markt 1", zone: "Europe/Berlin", version: 1 },
      { name: "Ulm", latitude: null, longitude: null, notes: "", address: "", zone: "Europe/Berlin", version: 1 },
    ]);
    expect((await listSites(actor, {})).rows.map(({ groups }) => groups)).toEqual([["Nord", "West"], ["Nord"]]);
  });

  test("what changed since the preview is found row by row", async () => {
    const actor = await newSuperUser();
    const { id } = await preview(actor, "name,country,groups\nBonn,DE,\nUlm,DE,Nord\nTrier,DE,\n", { createsGroups: "true" });
    await startSiteImport(actor, { siteImportId: id });
    await newSite(actor.org, "bonn");
    await asOwner(actor, sql`delete from site_groups`);
    await perform(actor, id);
    const { page } = await getSiteImport(actor, { siteImportId: id });
    expect(page.rows.map(({ status, text }) => `${status} ${text}`)).toEqual(["ignored A site with this name already exists", "faulty No site group is called “Nord”", "added "]);
  });

  test("a worker that dies goes on where it stopped: no row twice, none lost", async () => {
    const actor = await newSuperUser();
    const { id } = await preview(actor, listOf(130));
    await startSiteImport(actor, { siteImportId: id });
    expect(await chunk(actor, id)).toBe(true);
    const dies = withWorkerScope(async (tx) => {
      await importChunk(tx, actor.orgId, id);
      throw new Error("killed");
    }, actor.orgId);
    await expect(dies).rejects.toThrow("killed");
    expect((await getSiteImport(actor, { siteImportId: id })).done).toBe(50);
    await Promise.all([perform(actor, id), perform(actor, id)]);
    const { status, counts } = await getSiteImport(actor, { siteImportId: id });
    expect([status, counts.added]).toEqual(["done", 130]);
    expect((await eventsOf(actor)).filter((name) => name === "site.created")).toHaveLength(130);
    expect((await listSites(actor, {})).total).toBe(130);
  });

  test("it stops when the person who started it may no longer create sites", async () => {
    const { org } = await newSuperUser();
    const actor = await newMember(org, "network_admin");
    const { id } = await preview(actor, listOf(60));
    await startSiteImport(actor, { siteImportId: id });
    await chunk(actor, id);
    await asOwner(actor, sql`update memberships set role = 'observer' where id = ${actor.membershipId}`);
    await perform(actor, id);
    expect(await getSiteImport(actor, { siteImportId: id })).toMatchObject({ status: "failed", done: 50 });
  });

  test("of two imports one is refused in words until the other is done", async () => {
    for (const _ of rounds.slice(0, 5)) {
      const actor = await newSuperUser();
      const ids = [(await preview(actor, listOf(2))).id, (await preview(actor, "name,country\nUlm,DE\n")).id];
      const outcomes = await race(ids.map((siteImportId) => startSiteImport(actor, { siteImportId })));
      expect(outcomes.toSorted()).toEqual(["conflict", "done"]);
      const [first = "", second = ""] = outcomes[0] === "done" ? ids : ids.toReversed();
      await expect(startSiteImport(actor, { siteImportId: second })).rejects.toThrow("Another import of sites is running. Start this one when it is done");
      await expect(startSiteImport(actor, { siteImportId: first })).rejects.toThrow("This import has been started already");
      await perform(actor, first);
      await startSiteImport(actor, { siteImportId: second });
    }
  });

  test("an import that made no progress for an hour no longer keeps others from starting", async () => {
    const actor = await newSuperUser();
    const [stuck, next] = [await preview(actor, listOf(2)), await preview(actor, listOf(3))];
    await startSiteImport(actor, { siteImportId: stuck.id });
    await asOwner(actor, sql`update site_imports set updated_at = now() - interval '61 minutes' where id = ${stuck.id}`);
    expect(await getSiteImport(actor, { siteImportId: stuck.id })).toMatchObject({ isStalled: true });
    await startSiteImport(actor, { siteImportId: next.id });
    await perform(actor, stuck.id);
    expect(await getSiteImport(actor, { siteImportId: stuck.id })).toMatchObject({ status: "failed", done: 0 });
  });

  test("a list whose every row is faulty or exists is not started", async () => {
    const actor = await newSuperUser();
    await newSite(actor.org, "Kiel");
    const { id } = await preview(actor, "name,country\nKiel,DE\nUlm,x\n");
    await expect(startSiteImport(actor, { siteImportId: id })).rejects.toMatchObject({ code: "conflict", message: expect.stringMatching(/^There is nothing to import/) });
  });
});

describe("SIT-20: an import is undone as one change", () => {
  test("sites that nobody changed are removed, and those that somebody changed or deleted are named", async () => {
    const actor = await newSuperUser();
    await createSite(actor, { name: "Own", country: "DE", timeZone: "Europe/Berlin", streetAddress: "", groups: "" });
    const id = await run(actor, listOf(4));
    const [, first, second] = (await listSites(actor, {})).rows;
    const site = await getSite(actor, { siteId: first?.id ?? "" });
    await updateSite.fromRaw(actor, { ...siteFormValues(site), streetAddress: "Hafen 1" });
    await deleteSite(actor, { siteId: second?.id ?? "" });
    expect(await getUndoImpact(actor, { siteImportId: id })).toEqual({ removed: 2, kept: ["Site 1"], gone: 1 });
    expect(await undoSiteImport(actor, { siteImportId: id })).toEqual({ id, cancelled: false });
    expect(await namesOf(actor)).toEqual(["Own", "Site 1"]);
    const { page, status } = await getSiteImport(actor, { siteImportId: id });
    expect([status, page.rows.map((row) => row.status)]).toEqual(["undone", ["kept", "kept", "removed", "removed"]]);
    const last = (await listAuditEntries(actor)).slice(0, 3);
    const [summary, ...deletions] = last.toSorted((one, other) => Number(other.name === "site.import_undone") - Number(one.name === "site.import_undone"));
    expect(summary).toMatchObject({ name: "site.import_undone", message: "Undid import of sites from Site 1 and 3 more", change: { after: { removed: 2, kept: 2 } } });
    expect(deletions).toEqual([expect.objectContaining({ name: "site.deleted", requestId: actor.origin.requestId }), expect.objectContaining({ name: "site.deleted" })]);
    await expect(undoSiteImport(actor, { siteImportId: id })).rejects.toThrow("This import has been undone already");
  });

  test("an import that runs ends, and adds nothing afterwards", async () => {
    const actor = await newSuperUser();
    const { id } = await preview(actor, listOf(120));
    await startSiteImport(actor, { siteImportId: id });
    await chunk(actor, id);
    const outcomes = await race([undoSiteImport(actor, { siteImportId: id }), perform(actor, id)]);
    expect(outcomes).toEqual(["done", "done"]);
    await perform(actor, id);
    expect(await namesOf(actor)).toEqual([]);
    expect((await getSiteImport(actor, { siteImportId: id })).status).toBe("undone");
  });
});

test("SIT-20, TEN-5: administrators of some sites and of other organizations import nothing and see no import", async () => {
  const { org, ...actor } = await newSuperUser();
  const { id } = await preview(actor, listOf(1));
  const some = await newMember(org, "network_admin", [(await newSite(org)).id]);
  const stranger = await newSuperUser();
  for (const [person, code] of [[some, "forbidden"], [await newMember(org, "observer"), "forbidden"], [stranger, "not_found"]] as const) {
    await expect(getSiteImport(person, { siteImportId: id })).rejects.toMatchObject({ code });
    await expect(startSiteImport(person, { siteImportId: id })).rejects.toMatchObject({ code });
    await expect(undoSiteImport(person, { siteImportId: id })).rejects.toMatchObject({ code });
  }
  await expect(preview(some, listOf(1))).rejects.toMatchObject({ code: "forbidden" });
  expect((await listSiteImports(stranger, {})).rows).toEqual([]);
  expect(await withTenant({ orgId: actor.orgId, sites: "all", actor: "staff" }, (tx) => tx.$count(siteImports), "read only")).toBe(0);
});
