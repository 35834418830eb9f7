import { v7 } from "uuid";
import { expect, test } from "vitest";
import { auditEntries } from "@/db/schema";
import { withinScope } from "@/db/tenancy";
import type { Actor } from "@/lib/access/actor";
import { findEntry, findOwnEntry } from "@/lib/audit/queries";
import { saveProfile } from "@/lib/profiles/commands";
import { createSite, deleteSite, updateSite } from "@/lib/sites/commands";
import { signedInAs } from "@/lib/testing/visitors";
import { newMember, newOrg, newPerson, newSite, newSuperUser } from "@/lib/testing/world";

const berlin = { name: "Mitte", country: "DE", timeZone: "Europe/Berlin", address: "", groups: "" };
const profile = { version: 1, firstName: "Inés", lastName: "Ode", macFormat: "dash" };
const anew = (actor: Actor): Actor => ({ ...actor, origin: { ...actor.origin, requestId: v7() } });
const ownEntry = (actor: Actor, { origin } = actor) => findOwnEntry(actor, { requestId: origin.requestId ?? "" });

async function saysOf(actor: Actor) {
  const entry = await ownEntry(actor);
  return entry && (await findEntry(actor, { entry })).message;
}

test("X-2: what was just saved is found in the log by its request: made, changed and deleted", async () => {
  const { org: _, ...actor } = await newSuperUser();
  const { id: siteId, version } = await createSite(actor, berlin);
  expect(await saysOf(actor)).toBe("Add site Mitte");
  const [second, third, fourth] = [anew(actor), anew(actor), anew(actor)];
  await updateSite(second, { ...berlin, siteId, version: String(version), name: "Wedding" });
  await deleteSite(third, { siteId });
  expect([await saysOf(second), await saysOf(third)]).toEqual(["Update site Wedding", "Delete site Wedding"]);
  expect(await ownEntry(fourth)).toBeNull();
});

test("X-2: of a request that left several entries the first is found; of one that changed nothing none", async () => {
  const org = await newOrg();
  const person = await newPerson();
  const actor = await newMember(org, "super_user", "all", person);
  const self = { ...(await signedInAs(person)), origin: actor.origin };
  await saveProfile(self, { ...profile, analytics: "true" });
  expect(await saysOf(actor)).toBe("Update account");
  const again = anew(actor);
  await saveProfile({ ...self, origin: again.origin }, { ...profile, version: 2, analytics: "true" });
  expect(await ownEntry(again)).toBeNull();
});

test("AUD-8: nobody is led to what somebody else did, or did elsewhere, though they know the request", async () => {
  const [org, person] = [await newOrg(), await newPerson()];
  const actor = await newMember(org, "super_user", "all", person);
  await createSite(actor, berlin);
  expect(await ownEntry(actor)).not.toBeNull();
  expect(await ownEntry(await newMember(org, "super_user"), actor)).toBeNull();
  expect(await ownEntry(await newMember(await newOrg(), "super_user", "all", person), actor)).toBeNull();
});

test("AUD-8: who reads the log of some sites is led to entries of these alone; who reads none is refused", async () => {
  const org = await newOrg();
  const site = await newSite(org);
  const person = await newPerson();
  const reader = await newMember(org, "network_admin", [site.id], person);
  const change = { ...berlin, siteId: site.id, version: "1" };
  await updateSite(reader, { ...change, name: "Wedding" });
  expect(await saysOf(reader)).toBe("Update site Wedding");
  const own = anew(reader);
  await saveProfile({ ...(await signedInAs(person)), origin: own.origin }, profile);
  expect(await ownEntry(own)).toBeNull();
  await expect(ownEntry(await newMember(org, "observer"))).rejects.toMatchObject({ code: "forbidden" });
});

test("X-2: an address that is followed much later leads nowhere", async () => {
  const { org, ...actor } = await newSuperUser();
  const { id: actorId, kind: actorKind, origin: { requestId } } = actor;
  const entry = { actorId, actorKind, requestId, name: "site.updated" as const, message: "Update site Mitte" };
  const minutesAgo = (minutes: number) =>
    withinScope({ orgId: org.id, sites: "all" }, (tx) =>
      tx.insert(auditEntries).values({ ...entry, occurredAt: new Date(Date.now() - minutes * 60_000) }),
    );
  await minutesAgo(11);
  expect(await ownEntry(actor)).toBeNull();
  await minutesAgo(9);
  expect(await ownEntry(actor)).not.toBeNull();
});
