import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { memberships, savedViews } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { createSavedView, deleteSavedView, renameSavedView } from "@/lib/saved-views/commands";
import { listSavedViews } from "@/lib/saved-views/queries";
import { roleNames } from "@/lib/shared/roles";
import { latestAuditEntry, listAuditEntries, newAccount, newMember, newSuperUser } from "@/lib/testing/fixtures";

const view = { list: "sites", name: "German sites", query: "country=DE&sort=-name" };
const namesOf = async (actor: Actor, list = "sites") => (await listSavedViews(actor, { list })).map(({ name }) => name);

test("X-8: a view keeps the search, filters, order and columns of a list, and nothing momentary", async () => {
  const owner = await newSuperUser();
  const query = "search=lyon&country=DE&country=FR&sort=-name&columns=name&after=x&dialog=save-view&ids=1&notice=site-saved";
  await createSavedView(owner, { ...view, query });
  expect(await listSavedViews(owner, { list: "sites" })).toMatchObject([{ name: "German sites", query: "search=lyon&country=DE&country=FR&sort=-name&columns=name" }]);
  expect(await namesOf(owner, "administrators")).toEqual([]);
  expect(await latestAuditEntry(owner)).toMatchObject({ name: "saved_view.created", message: "Saved view German sites" });
});

test("X-8: views are renamed and deleted; a name is used once per list", async () => {
  const owner = await newSuperUser();
  const { id } = await createSavedView(owner, view);
  const other = await createSavedView(owner, { ...view, name: "Other" });
  await createSavedView(owner, { ...view, list: "administrators" });
  await createSavedView(owner, { ...view, list: "access-review/decisions" });
  const taken = { code: "conflict", fields: { name: ["You already have a view with this name"] } };
  for (const name of ["German sites", "GERMAN  SITES", "German\u00a0sites"]) await expect(createSavedView(owner, { ...view, name })).rejects.toMatchObject(taken);
  await expect(renameSavedView(owner, { viewId: other.id, name: "German sites" })).rejects.toMatchObject(taken);
  await renameSavedView(owner, { viewId: id, name: "Germany" });
  expect(await latestAuditEntry(owner)).toMatchObject({ change: { before: { name: "German sites" }, after: { name: "Germany" } } });
  await deleteSavedView(owner, { viewId: other.id });
  expect(await namesOf(owner)).toEqual(["Germany"]);
  expect(await namesOf(owner, "access-review/decisions")).toEqual(["German sites"]);
  for (let count = 1; count < 50; count += 1) await createSavedView(owner, { ...view, name: `View ${count}` });
  await expect(createSavedView(owner, view)).rejects.toMatchObject({ code: "conflict", message: expect.stringMatching(/50 views/) });
});

test.each(roleNames)("TEN-5: %s saves views, and nobody else sees, renames or deletes them", async (role) => {
  const owner = await newSuperUser();
  const person = await newAccount();
  const member = await newMember(owner.org, role, "all", person);
  const { id } = await createSavedView(member, view);
  expect(await namesOf(member)).toEqual(["German sites"]);
  const elsewhere = await newSuperUser();
  const sameAccountElsewhere = await newMember(elsewhere.org, "super_user", "all", person);
  for (const other of [owner, elsewhere, sameAccountElsewhere]) {
    expect(await namesOf(other)).toEqual([]);
    await expect(renameSavedView(other, { viewId: id, name: "Mine" })).rejects.toMatchObject({ code: "not_found" });
    await expect(deleteSavedView(other, { viewId: id })).rejects.toMatchObject({ code: "not_found" });
  }
  expect((await listAuditEntries(elsewhere)).filter(({ name }) => name.startsWith("saved_view"))).toEqual([]);
});

test("TEN-2: the database shows a saved view to its account only, and it goes with the membership", async () => {
  const owner = await newSuperUser();
  const member = await newMember(owner.org, "observer");
  await createSavedView(member, view);
  const rowsFor = (accountId?: string) => withTenant({ orgId: owner.orgId, sites: "all", accountId }, (tx) => tx.select().from(savedViews));
  expect(await rowsFor(member.id)).toHaveLength(1);
  expect(await rowsFor(owner.id)).toEqual([]);
  expect(await rowsFor()).toEqual([]);
  await withTenant({ orgId: owner.orgId, sites: "all" }, (tx) => tx.delete(memberships).where(eq(memberships.id, String(member.membershipId))));
  expect(await rowsFor(member.id)).toEqual([]);
});

test("INP-3: a list that is no path, a long address and further fields are refused", async () => {
  const owner = await newSuperUser();
  for (const wrong of [{ list: "../x" }, { list: "//evil" }, { list: "sites//evil" }, { list: "sites/" }, { query: `search=${"x".repeat(4_000)}` }, { name: " " }, { accountId: owner.id }]) {
    await expect(createSavedView(owner, { ...view, ...wrong })).rejects.toMatchObject({ code: "invalid" });
  }
});
