import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { accounts, memberships } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import { exportAdministrators, revokeAccess, updateAdministrator } from "@/lib/administrators/commands";
import { getAdministrator, listAdministrators } from "@/lib/administrators/queries";
import { getAuthSession } from "@/lib/sessions/queries";
import { collect, listAuditEntries, latestAuditEntry, queuedEmailsTo, newMember, newAccount, newSite, newSuperUser } from "@/lib/testing/fixtures";
import { newSession } from "@/lib/testing/sign-in";
import { type Permission, permissionWords } from "@/lib/shared/permissions";
import { roleNames } from "@/lib/shared/roles";
import type { Actor } from "@/lib/access/actor";

const idOf = (actor: Actor) => String(actor.membershipId);
const withCode = (code: string) => ({ code }) as const;
const countFulfilled = (results: PromiseSettledResult<unknown>[]) => results.filter(({ status }) => status === "fulfilled").length;

const edit = (actor: Actor, changes: object, version = 1) =>
  ({ administratorId: idOf(actor), version, role: "observer" as const, scope: "all" as const, ...changes });

const superUsersOf = (orgId: string) =>
  withTenant({ orgId, sites: "all" }, (tx) => tx.$count(memberships, eq(memberships.role, "super_user")));

test("ADM-5: editing role and scope writes an audit entry with before and after", async () => {
  const owner = await newSuperUser();
  const kiel = await newSite(owner.org, "Kiel");
  const member = await newMember(owner.org, "observer");
  await updateAdministrator(owner, edit(member, { role: "network_admin", scope: "sites", sites: [kiel.id] }));

  const updated = await getAdministrator(owner, { administratorId: idOf(member) });
  expect(updated).toMatchObject({ role: "network_admin", scope: "sites", sites: [kiel.id], names: ["Kiel"], version: 2 });
  const entry = await latestAuditEntry(owner);
  expect(entry).toMatchObject({ name: "administrator.updated", actorId: owner.id });
  expect(entry?.change).toEqual({
    before: { role: "Observer", siteAccess: "all sites" },
    after: { role: "Network Admin", siteAccess: "the site Kiel" },
  });
});

test("ADM-5: revoked access ends with the next request, and the member is notified", async () => {
  const owner = await newSuperUser();
  const person = await newAccount();
  const member = await newMember(owner.org, "network_admin", "all", person);
  const other = await newSuperUser();
  await newMember(other.org, "observer", "all", person);
  const opened = await newSession(person);
  const loadSession = () => getAuthSession(opened);
  expect((await loadSession())?.memberships).toHaveLength(2);

  await revokeAccess(owner, { administratorId: idOf(member) });
  expect((await loadSession())?.memberships.map(({ orgId }) => orgId)).toEqual([other.org.id]);
  const [email] = await queuedEmailsTo(person.email);
  expect(email).toMatchObject({ template: "access-revoked", props: { organization: owner.org.name, by: owner.name } });
  expect(await latestAuditEntry(owner)).toMatchObject({ name: "administrator.revoked", actorId: owner.id });
  await expect(revokeAccess(owner, { administratorId: idOf(member) })).rejects.toMatchObject(withCode("not_found"));
});

test("ADM-6: only Super Users can update and revoke administrators", async () => {
  const owner = await newSuperUser();
  const target = await newMember(owner.org, "observer");
  for (const role of roleNames.filter((one) => one !== "super_user")) {
    const actor = await newMember(owner.org, role);
    await expect(updateAdministrator(actor, edit(target, { role: "helpdesk" }))).rejects.toMatchObject(withCode("forbidden"));
    await expect(revokeAccess(actor, { administratorId: idOf(target) })).rejects.toMatchObject(withCode("forbidden"));
    expect(await latestAuditEntry(owner)).toMatchObject({ name: "access.denied", actorId: actor.id });
  }
  expect(await getAdministrator(owner, { administratorId: idOf(target) })).toMatchObject({ role: "observer", version: 1 });
});

test("ADM-6: members cannot change or revoke their own access", async () => {
  const owner = await newSuperUser();
  await newMember(owner.org, "super_user");
  await expect(updateAdministrator(owner, edit(owner, {}))).rejects.toMatchObject(withCode("forbidden"));
  await expect(revokeAccess(owner, { administratorId: idOf(owner) })).rejects.toMatchObject(withCode("forbidden"));
});

test("ADM-6: a suspended Super User does not count as a remaining Super User", async () => {
  const owner = await newSuperUser();
  const second = await newMember(owner.org, "super_user");
  await withAuthScope({ accountId: owner.id }, (tx) => tx.update(accounts).set({ suspendedAt: new Date() }).where(eq(accounts.id, owner.id)));
  await expect(revokeAccess(owner, { administratorId: idOf(second) })).rejects.toMatchObject(withCode("conflict"));
  expect(await superUsersOf(owner.orgId)).toBe(2);
});

test("AUD-1 (security): a refusal inside the transaction is audited, and nothing else is written", async () => {
  const owner = await newSuperUser();
  const second = await newMember(owner.org, "super_user");
  const target = await newMember(owner.org, "observer");
  const denials = async () => (await listAuditEntries(owner)).map(({ name, actorId, message }) => ({ name, actorId, message }));
  const denied = (actor: Actor, permission: Permission) => ({ name: "access.denied", actorId: actor.id, message: `Not allowed to ${permissionWords(permission)}` });

  await expect(updateAdministrator(owner, edit(owner, {}))).rejects.toMatchObject(withCode("forbidden"));
  expect(await denials()).toEqual([denied(owner, "administrator.update")]);
  await revokeAccess(owner, { administratorId: idOf(second) });
  await expect(revokeAccess(second, { administratorId: idOf(target) })).rejects.toMatchObject(withCode("forbidden"));
  expect((await denials())[0]).toEqual(denied(second, "administrator.revoke"));
  expect(await denials()).toHaveLength(3);
});

test("AUD-4: with many sites, the audit entry names the one that was replaced", async () => {
  const owner = await newSuperUser();
  const sites: { id: string }[] = [];
  for (let count = 0; count < 23; count += 1) sites.push(await newSite(owner.org, `Depot ${100 + count}`));
  const ids = sites.map(({ id }) => id);
  const member = await newMember(owner.org, "observer", ids.slice(0, 22));
  await updateAdministrator(owner, edit(member, { scope: "sites", sites: [...ids.slice(0, 21), ...ids.slice(22)] }));

  const entry = await latestAuditEntry(owner);
  expect(entry?.name).toBe("administrator.updated");
  expect(entry?.change?.before?.siteAccess).toMatch(/Depot 120 and Depot 121$/);
  expect(entry?.change?.after?.siteAccess).toMatch(/Depot 120 and Depot 122$/);
});

test("AUD-1 (security): the audit entry counts sites that the actor cannot see, and a save without changes is audited too", async () => {
  const owner = await newSuperUser();
  const [own, hidden] = [await newSite(owner.org, "Own site"), await newSite(owner.org, "Hidden site")];
  const limited = await newMember(owner.org, "super_user", [own.id]);
  const target = await newMember(owner.org, "observer", [own.id, hidden.id]);
  const save = (version: number) => updateAdministrator(limited, edit(target, { scope: "sites", sites: [own.id] }, version));
  await save(1);
  expect((await latestAuditEntry(owner))?.change).toEqual({
    before: { siteAccess: "the sites Own site and 1 more" },
    after: { siteAccess: "the site Own site" },
  });
  await save(2);
  expect((await listAuditEntries(owner)).map(({ name, change }) => [name, change === null])).toEqual([
    ["administrator.updated", true],
    ["administrator.updated", false],
  ]);
});

test("TEN-7: when two Super Users demote each other concurrently, one remains (10 rounds)", async () => {
  for (let round = 0; round < 10; round += 1) {
    const first = await newSuperUser();
    const second = await newMember(first.org, "super_user");
    const results = await Promise.allSettled([
      updateAdministrator(first, edit(second, {})),
      updateAdministrator(second, edit(first, {})),
    ]);
    expect(countFulfilled(results)).toBe(1);
    expect(await superUsersOf(first.orgId)).toBe(1);
  }
});

test("TEN-7: when six Super Users revoke each other concurrently, revoked ones have no further effect", async () => {
  const first = await newSuperUser();
  const all: Actor[] = [first];
  for (let count = 1; count < 6; count += 1) all.push(await newMember(first.org, "super_user"));
  const attempts = all.flatMap((actor) => all.filter((other) => other !== actor).map((other) => ({ actor, other })));
  await Promise.allSettled(attempts.map(({ actor, other }) => revokeAccess(actor, { administratorId: idOf(other) })));
  expect(await superUsersOf(first.orgId)).toBe(1);
  const revocations = (await listAuditEntries(first)).filter(({ name }) => name === "administrator.revoked");
  expect(revocations).toHaveLength(5);
});

test("TEN-7: a Super User limited to some sites cannot grant all sites, site groups or other sites", async () => {
  const owner = await newSuperUser();
  const [own, hidden] = [await newSite(owner.org), await newSite(owner.org)];
  const limited = await newMember(owner.org, "super_user", [own.id]);
  const target = await newMember(owner.org, "observer", [own.id]);
  const grant = (changes: object) => updateAdministrator(limited, edit(target, changes));
  await expect(grant({ scope: "all" })).rejects.toMatchObject(withCode("forbidden"));
  await expect(grant({ role: "super_user" })).rejects.toMatchObject(withCode("forbidden"));
  await expect(grant({ scope: "groups", groups: [own.id] })).rejects.toMatchObject(withCode("forbidden"));
  await expect(grant({ scope: "sites", sites: [hidden.id] })).rejects.toMatchObject(withCode("invalid"));
  await grant({ scope: "sites", sites: [own.id], role: "installer" });
});

test("TEN-8: unknown fields are rejected, and nothing changes", async () => {
  const owner = await newSuperUser();
  const stranger = await newSuperUser();
  const member = await newMember(owner.org, "observer");
  const planted = ["id", "orgId", "organizationId", "accountId", "createdAt", "acceptedAt", "invitedBy", "email"];
  for (const field of planted) {
    const input = edit(member, { role: "helpdesk", [field]: stranger.orgId });
    await expect(updateAdministrator(owner, input)).rejects.toMatchObject(withCode("invalid"));
  }
  expect(await getAdministrator(owner, { administratorId: idOf(member) })).toMatchObject({ role: "observer", version: 1 });
});

test("TEN-3: an administrator of another organization is not found", async () => {
  const [owner, stranger] = [await newSuperUser(), await newSuperUser()];
  const site = await newSite(stranger.org);
  const member = await newMember(owner.org, "observer");
  for (const attempt of [
    () => updateAdministrator(owner, edit(stranger, {})),
    () => revokeAccess(owner, { administratorId: idOf(stranger) }),
    () => getAdministrator(owner, { administratorId: idOf(stranger) }),
  ]) {
    await expect(attempt()).rejects.toMatchObject(withCode("not_found"));
  }
  const foreign = edit(member, { scope: "sites", sites: [site.id] });
  await expect(updateAdministrator(owner, foreign)).rejects.toMatchObject({ code: "invalid", fields: { sites: expect.anything() } });
});

test("X-6: the second of two concurrent saves gets the name of the first editor and the current values", async () => {
  const owner = await newSuperUser();
  const other = await newMember(owner.org, "super_user");
  const member = await newMember(owner.org, "observer");
  await updateAdministrator(other, edit(member, { role: "helpdesk" }));
  await expect(updateAdministrator(owner, edit(member, { role: "installer" }))).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining(other.name),
    updatedBy: other.name,
    currentValues: { role: "helpdesk", scope: "all", sites: [], groups: [], version: "2" },
  });
  expect(await getAdministrator(owner, { administratorId: idOf(member) })).toMatchObject({ role: "helpdesk", version: 2 });
});

test("ADM-1: the list can be searched, filtered by role, sorted by each column and paged by cursor", async () => {
  const owner = await newSuperUser();
  for (let count = 0; count < 54; count += 1) {
    await newMember(owner.org, count % 2 ? "observer" : "helpdesk", "all", await newAccount({ firstName: "Bo", lastName: `N${100 + count}` }));
  }
  const first = await listAdministrators(owner, { sort: "name" });
  expect(first).toMatchObject({ total: 55, previous: undefined });
  expect(first.rows).toHaveLength(50);
  const second = await listAdministrators(owner, { sort: "name", after: first.next });
  expect(second.rows).toHaveLength(5);
  expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(55);
  const back = await listAdministrators(owner, { sort: "name", before: second.previous });
  expect(back.rows).toEqual(first.rows);

  for (const key of ["name", "email", "role", "lastSignIn", "status"]) {
    const [up, down] = [await listAdministrators(owner, { sort: key }), await listAdministrators(owner, { sort: `-${key}` })];
    const rest = await listAdministrators(owner, { sort: `-${key}`, after: down.next });
    expect([...down.rows, ...rest.rows].map(({ id }) => id).reverse().slice(0, 50)).toEqual(up.rows.map(({ id }) => id));
  }
  expect((await listAdministrators(owner, { role: "observer" })).total).toBe(27);
  expect((await listAdministrators(owner, { role: ["observer", "super_user"] })).total).toBe(28);
  expect((await listAdministrators(owner, { search: "bo n107" })).rows).toMatchObject([{ lastName: "N107", status: "active" }]);
  expect((await listAdministrators(owner, { search: "%" })).total).toBe(0);
});

test("INP-1 INP-4: a forged cursor shows the first page, and NUL is removed from a search", async () => {
  const owner = await newSuperUser();
  const forged = (at: unknown) => Buffer.from(JSON.stringify([at, owner.orgId])).toString("base64url");
  const timestamps = ["2026-02-31 10:00:00+00", "2026-99-99 99:99:99+99", "2026-01-01 10:00:00+15", "0000-01-01 10:00:00+00", "now", "infinity"];
  const endless = `2026-01-01 10:00:00.${"1".repeat(250)}+00`;
  for (const at of ["garbage", "", "a\0", ...timestamps, endless, 5, null, {}]) {
    for (const sort of ["lastSignIn", "-lastSignIn"]) {
      const page = await listAdministrators(owner, { sort, after: forged(at) });
      expect([page.rows, page.previous]).toMatchObject([[{ id: owner.membershipId }], undefined]);
      expect((await listAdministrators(owner, { sort, before: forged(at) })).rows).toHaveLength(1);
    }
  }
  const search = owner.name.replace(" ", "\0");
  expect((await listAdministrators(owner, { search, sort: "name\0", after: forged("a\0") })).total).toBe(1);
  expect((await collect(await exportAdministrators(owner, { search }))).flat()).toHaveLength(1);
});

test("ADM-1: paging by last sign-in keeps the precision of the database", async () => {
  const owner = await newSuperUser();
  for (let count = 0; count < 52; count += 1) {
    await newMember(owner.org, "observer", "all", await newAccount({ lastSignInAt: new Date(Date.UTC(2026, 0, 1, 0, 0, count, count)) }));
  }
  const first = await listAdministrators(owner, { sort: "-lastSignIn" });
  const second = await listAdministrators(owner, { sort: "-lastSignIn", after: first.next });
  expect([first.rows.length, second.rows.length, second.next]).toEqual([50, 3, undefined]);
  expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(53);
  const back = await listAdministrators(owner, { sort: "-lastSignIn", before: second.previous });
  expect(back.rows).toEqual(first.rows);
});

test("ADM-7: a viewer limited to some sites sees only those sites in the site access of others", async () => {
  const owner = await newSuperUser();
  const [own, hidden] = [await newSite(owner.org, "Own site"), await newSite(owner.org, "Hidden site")];
  const both = await newMember(owner.org, "observer", [own.id, hidden.id]);
  const other = await newMember(owner.org, "installer", [hidden.id]);
  const viewer = await newMember(owner.org, "network_admin", [own.id]);
  const rows = (await listAdministrators(viewer, {})).rows;
  expect(rows.find(({ id }) => id === both.membershipId)).toMatchObject({ names: ["Own site"], count: 1 });
  expect(rows.find(({ id }) => id === other.membershipId)).toMatchObject({ names: [], count: 0 });
  const seen = [rows, await getAdministrator(viewer, { administratorId: idOf(both) }), await collect(await exportAdministrators(viewer, {}))];
  expect(JSON.stringify(seen)).not.toContain("Hidden");
  expect(JSON.stringify(seen)).not.toContain(hidden.id);
});

test("ADM-1: the download contains what the filter matches, in the order of the list, and is audited", async () => {
  const owner = await newSuperUser();
  await newMember(owner.org, "observer");
  await newMember(owner.org, "observer");
  const rows = (await collect(await exportAdministrators(owner, { role: "observer", sort: "-name" }))).flat();
  expect(rows.map(({ id }) => id)).toEqual((await listAdministrators(owner, { role: "observer", sort: "-name" })).rows.map(({ id }) => id));
  expect(rows).toHaveLength(2);
  const entry = { name: "administrator.exported", message: "Exported administrators", change: { after: { role: "observer" } } };
  expect(await latestAuditEntry(owner)).toMatchObject(entry);
});
