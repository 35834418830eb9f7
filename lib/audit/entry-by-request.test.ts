import { v7 } from "uuid";
import { expect, test } from "vitest";
import { auditEntries } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { getAuditEntry, getOwnEntry } from "@/lib/audit/queries";
import { saveProfile } from "@/lib/profile/commands";
import { createSite, deleteSite, updateSite } from "@/lib/sites/commands";
import { newAccountContext } from "@/lib/testing/sign-in";
import { newMember, newOrg, newAccount, newSite, newSuperUser } from "@/lib/testing/fixtures";

const berlin = { name: "Mitte", country: "DE", timeZone: "Europe/Berlin", streetAddress: "", groups: "" };
const profile = { version: 1, firstName: "Inés", lastName: "Ode", macFormat: "dash" } as const;
const withNewRequest = (actor: Actor): Actor => ({ ...actor, origin: { ...actor.origin, requestId: v7() } });
const ownEntry = async (actor: Actor, { origin } = actor) => (await getOwnEntry(actor, { requestId: origin.requestId ?? "" }))?.cursor ?? null;

async function messageFor(actor: Actor) {
  const entry = await ownEntry(actor);
  return entry && (await getAuditEntry(actor, { entry })).message;
}

test("X-2: the audit entry of a create, update or delete is found by its request id", async () => {
  const { org: _, ...actor } = await newSuperUser();
  const { id: siteId, version } = await createSite(actor, berlin);
  expect(await messageFor(actor)).toBe("Added site Mitte");
  const [second, third, fourth] = [withNewRequest(actor), withNewRequest(actor), withNewRequest(actor)];
  await updateSite(second, { ...berlin, siteId, version: String(version), name: "Wedding" });
  await deleteSite(third, { siteId });
  expect([await messageFor(second), await messageFor(third)]).toEqual(["Changed name of site Wedding", "Deleted site Wedding"]);
  expect(await ownEntry(fourth)).toBeNull();
});

test("X-2: a request with several entries finds the first one; a request without changes finds none", async () => {
  const org = await newOrg();
  const person = await newAccount();
  const actor = await newMember(org, "super_user", "all", person);
  const self = { ...(await newAccountContext(person)), origin: actor.origin };
  await saveProfile(self, { ...profile, analytics: "true" });
  expect(await messageFor(actor)).toBe("Changed first name, last name and MAC address format of own account");
  const again = withNewRequest(actor);
  await saveProfile({ ...self, origin: again.origin }, { ...profile, version: 2, analytics: "true" });
  expect(await ownEntry(again)).toBeNull();
});

test("AUD-8: an entry is found only by its own actor in its own organization", async () => {
  const [org, person] = [await newOrg(), await newAccount()];
  const actor = await newMember(org, "super_user", "all", person);
  await createSite(actor, berlin);
  expect(await ownEntry(actor)).not.toBeNull();
  expect(await ownEntry(await newMember(org, "super_user"), actor)).toBeNull();
  expect(await ownEntry(await newMember(await newOrg(), "super_user", "all", person), actor)).toBeNull();
});

test("AUD-8: a reader limited to some sites finds only their entries; a role without audit access is refused", async () => {
  const org = await newOrg();
  const site = await newSite(org);
  const person = await newAccount();
  const reader = await newMember(org, "network_admin", [site.id], person);
  const change = { ...berlin, siteId: site.id, version: "1" };
  await updateSite(reader, { ...change, name: "Wedding" });
  expect(await messageFor(reader)).toBe("Changed name of site Wedding");
  const own = withNewRequest(reader);
  await saveProfile({ ...(await newAccountContext(person)), origin: own.origin }, profile);
  expect(await ownEntry(own)).toBeNull();
  await expect(ownEntry(await newMember(org, "observer"))).rejects.toMatchObject({ code: "forbidden" });
});

test("X-2: an entry older than 10 minutes is not found", async () => {
  const { org, ...actor } = await newSuperUser();
  const { id: actorId, kind: actorKind, origin: { requestId } } = actor;
  const entry = { actorId, actorKind, requestId, name: "site.updated" as const, message: "Update site Mitte" };
  const minutesAgo = (minutes: number) =>
    withTenant({ orgId: org.id, sites: "all" }, (tx) =>
      tx.insert(auditEntries).values({ ...entry, occurredAt: new Date(Date.now() - minutes * 60_000) }),
    );
  await minutesAgo(11);
  expect(await ownEntry(actor)).toBeNull();
  await minutesAgo(9);
  expect(await ownEntry(actor)).not.toBeNull();
});
