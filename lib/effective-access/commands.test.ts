import { globSync } from "node:fs";
import { expect, test } from "vitest";
import { withTenant } from "@/db/tenant-transaction";
import { membershipScopes } from "@/db/schema";
import { recordViewAs, setViewAs } from "@/lib/effective-access/commands";
import { findViewedAdministrator, listEffectiveAccess } from "@/lib/effective-access/queries";
import { effectivePermissions, siteAccessText } from "@/lib/effective-access/rules";
import { type Actor, can, viewAs } from "@/lib/access/actor";
import { inviteAdministrator } from "@/lib/invitations/commands";
import type { Operation } from "@/lib/kernel/command";
import { permissionNames } from "@/lib/shared/permissions";
import { roleNames } from "@/lib/shared/roles";
import { listSites } from "@/lib/sites/queries";
import { createSite } from "@/lib/sites/commands";
import { listAuditEntries, newAccount, newMember, newSite, newSuperUser, newOrg } from "@/lib/testing/fixtures";
import { loadSession, newRequestMetadata, newSession } from "@/lib/testing/sign-in";

const idOf = (actor: Actor) => String(actor.membershipId);
const site = (name: string, groups: string) => ({ name, country: "DE", timeZone: "Europe/Berlin", streetAddress: "", groups });

/** The actor that a Super User becomes by viewing as a member. */
async function viewOf(owner: Actor, member: Actor): Promise<Actor> {
  const viewed = await findViewedAdministrator(owner, { administratorId: idOf(member) });
  if (!viewed) throw new Error("The member is not there");
  return viewAs(owner, [{ role: viewed.role, sites: viewed.scope === "all" ? "all" : viewed.sites }]);
}

test("ADM-9: the effective access names each site once, with every group and direct choice that gives it", async () => {
  const owner = await newSuperUser();
  for (const [name, groups] of [["Kiel", "North, Coast"], ["Ulm", "South"], ["Bonn", ""], ["Hof", "North"]] as const) await createSite(owner, site(name, groups));
  const { id } = await inviteAdministrator(owner, { email: `${owner.orgId}@example.test`, role: "observer", scope: "groups", groupNames: "North\nCoast" });
  const { rows } = await listSites(owner, { search: "Bonn" });
  await withTenant({ orgId: owner.orgId, sites: "all" }, (tx) => tx.insert(membershipScopes).values({ membershipId: id, siteId: rows[0]?.id }));

  const { administrator, total, ...page } = await listEffectiveAccess(owner, { administratorId: id });
  expect(page.rows.map((row) => `${row.name}: ${siteAccessText(administrator, row)}`)).toEqual(["Bonn: Chosen directly", "Hof: Group North", "Kiel: Group Coast, group North"]);
  expect(total).toBe(3);
  expect((await listEffectiveAccess(owner, { administratorId: id, search: "kiel" })).rows).toMatchObject([{ name: "Kiel" }]);
  const own = await listEffectiveAccess(owner, { administratorId: idOf(owner), sort: "-name" });
  expect(own.rows.map((row) => `${row.name}: ${siteAccessText(own.administrator, row)}`)).toEqual(["Ulm", "Kiel", "Hof", "Bonn"].map((name) => `${name}: All sites`));
});

test("ADM-9: the effective access is paged", async () => {
  const owner = await newSuperUser();
  const sites = await Promise.all(Array.from({ length: 60 }, (_, at) => newSite(owner.org, `Store ${at}`)));
  const member = await newMember(owner.org, "observer", sites.map(({ id }) => id));
  const first = await listEffectiveAccess(owner, { administratorId: idOf(member) });
  const second = await listEffectiveAccess(owner, { administratorId: idOf(member), after: first.next });
  expect([first.rows.length, second.rows.length, first.total]).toEqual([50, 10, 60]);
});

test("ADM-9: permissions that need all sites are not listed for an administrator with only some sites", () => {
  expect(effectivePermissions({ role: "network_admin", scope: "sites" })).not.toContain("create sites");
  expect(effectivePermissions({ role: "network_admin", scope: "all" })).toContain("create sites");
  expect(effectivePermissions({ role: "marketing", scope: "all" })).toBe("see the organization");
});

test("ADM-9, TEN-5: only those who may review access see it, only Super Users view as others, and none of it works from another organization", async () => {
  const owner = await newSuperUser();
  const member = await newMember(owner.org, "observer");
  const input = { administratorId: idOf(member) };
  for (const role of roleNames.filter((one) => one !== "super_user")) {
    const actor = await newMember(owner.org, role);
    if (role === "super_observer") expect((await listEffectiveAccess(actor, input)).administrator.id).toBe(input.administratorId);
    else await expect(listEffectiveAccess(actor, input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(recordViewAs(actor, input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(findViewedAdministrator(actor, input)).rejects.toMatchObject({ code: "forbidden" });
  }
  const stranger = await newMember(await newOrg(), "super_user");
  await expect(listEffectiveAccess(stranger, input)).rejects.toMatchObject({ code: "not_found" });
  await expect(recordViewAs(stranger, input)).rejects.toMatchObject({ code: "not_found" });
  expect(await findViewedAdministrator(stranger, input)).toBeUndefined();
});

test("ADM-9, X-2: viewing as somebody is recorded under the Super User's own name", async () => {
  const owner = await newSuperUser();
  const member = await newMember(owner.org, "observer");
  await recordViewAs(owner, { administratorId: idOf(member) });
  expect(await listAuditEntries(owner)).toMatchObject([{ name: "administrator.viewed_as", actorId: owner.id, message: `Viewed the organization as ${member.name} (${String(member.email)})` }]);
  await expect(recordViewAs(owner, { administratorId: idOf(owner) })).rejects.toMatchObject({ code: "conflict" });
});

test("ADM-9, ADM-7: the view sees exactly the sites that the person sees", async () => {
  const owner = await newSuperUser();
  const [kiel] = [await newSite(owner.org, "Kiel"), await newSite(owner.org, "Ulm")];
  await createSite(owner, site("Hof", "North"));
  const scoped = await newMember(owner.org, "network_admin", [kiel.id]);
  const namesSeenBy = async (actor: Actor) => (await listSites(actor, {})).rows.map(({ name }) => name);
  expect(await namesSeenBy(await viewOf(owner, scoped))).toEqual(await namesSeenBy(scoped));
  const { id } = await inviteAdministrator(owner, { email: `${owner.orgId}@example.test`, role: "observer", scope: "groups", groupNames: "North" });
  expect(await namesSeenBy(await viewOf(owner, { ...scoped, membershipId: id }))).toEqual(["Hof"]);
  await expect(listSites(await viewOf(owner, await newMember(owner.org, "reporting")), {})).rejects.toMatchObject({ code: "forbidden" });
});

test("ADM-9, TEN-7: a view shows no site that its viewer cannot see, and grants nothing but reading", async () => {
  const owner = await newSuperUser();
  const [own, hidden] = [await newSite(owner.org, "Kiel"), await newSite(owner.org, "Ulm")];
  const limited = await newMember(owner.org, "super_user", [own.id]);
  for (const grants of [[{ role: "super_user", sites: "all" }], [{ role: "observer", sites: [own.id, hidden.id] }]] as const) {
    const view = viewAs(limited, grants);
    expect((await listSites(view, {})).rows.map(({ name }) => name)).toEqual(["Kiel"]);
  }
  const view = viewAs(owner, [{ role: "super_user", sites: "all" }]);
  expect(permissionNames.filter((permission) => can(view, permission)).every((permission) => permission.endsWith(".read"))).toBe(true);
  const ofObserver = viewAs({ ...owner, grants: [{ role: "observer", sites: "all" }] }, [{ role: "super_user", sites: "all" }]);
  expect(permissionNames.filter((permission) => can(ofObserver, permission)).toSorted()).toEqual(["organization.read", "site.read", "template.read"]);
});

const isCommand = (value: unknown): value is Operation<never, unknown> => typeof value === "function" && "kind" in value && value.kind === "command";

test("ADM-9: no command of any area runs in a view, whatever its permission and input", async () => {
  const owner = await newSuperUser();
  const view = viewAs(owner, [{ role: "super_user", sites: "all" }]);
  const modules = await Promise.all(globSync("lib/*/commands.ts").map((file) => import(`../../${file}`) as Promise<Record<string, unknown>>));
  const commands = modules.flatMap((exported) => Object.values(exported)).filter(isCommand);
  expect(commands.length).toBeGreaterThan(15);
  for (const command of commands) await expect(command.fromRaw(view, {}), command.permission).rejects.toMatchObject({ code: "forbidden" });
  expect((await listAuditEntries(owner)).every(({ name }) => name === "access.denied")).toBe(true);
});

test("ADM-9: the view belongs to one session and ends with it", async () => {
  const owner = await newSuperUser();
  const person = await newAccount();
  await newMember(owner.org, "super_user", "all", person);
  const member = await newMember(owner.org, "observer");
  const [first, second] = [await newSession(person), await newSession(person)];
  const self = { ...(await loadSession(first)), origin: newRequestMetadata() };
  await setViewAs(self, { orgId: owner.orgId, administratorId: idOf(member) });
  expect((await loadSession(first)).viewAs).toEqual({ orgId: owner.orgId, administratorId: idOf(member) });
  expect((await loadSession(second)).viewAs).toBeNull();
  await setViewAs(self, { orgId: null, administratorId: null });
  expect((await loadSession(first)).viewAs).toBeNull();
});
