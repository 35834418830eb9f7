import { expect, test } from "vitest";
import { siteGroups, sites } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import { updateAdministrator } from "@/lib/administrators/commands";
import { getAdministrator } from "@/lib/administrators/queries";
import { InviteAdministrator } from "@/lib/administrators/schema";
import { inviteAdministrator } from "@/lib/invitations/commands";
import { newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";

const invitation = () => ({ email: `named-${process.pid}-${Math.random().toString(36).slice(2, 8)}@example.test`, firstName: "Nora", lastName: "Falk", role: "observer" as const, scope: "all" as const });

test("ADM-2, X-5: sites that are named are given together with those that are picked, each once", async () => {
  const owner = await newSuperUser();
  const [kiel, hamburg, ulm] = [await newSite(owner.org, "Kiel"), await newSite(owner.org, "Hamburg"), await newSite(owner.org, "Ulm")];
  const siteNames = "  kiel \r\n\r\nHamburg\r\nHamburg";
  const invited = await inviteAdministrator(owner, { ...invitation(), scope: "sites", sites: [ulm.id, kiel.id], siteNames });
  expect(invited.names).toEqual(["Hamburg", "Kiel", "Ulm"]);

  const member = await newMember(owner.org, "observer");
  const administratorId = String(member.membershipId);
  await updateAdministrator(owner, { administratorId, version: 1, role: "observer", scope: "sites", siteNames: "Ulm" });
  expect((await getAdministrator(owner, { administratorId })).sites).toEqual([ulm.id]);
  await updateAdministrator(owner, { administratorId, version: 2, role: "observer", scope: "sites", sites: [hamburg.id] });
  expect((await getAdministrator(owner, { administratorId })).sites).toEqual([hamburg.id]);
});

test("ADM-2, X-5: so are groups; names for another choice than the one made are not looked at", async () => {
  const owner = await newSuperUser();
  await newSite(owner.org, "Kiel");
  await withTenant({ orgId: owner.orgId, sites: "all" }, (tx) => tx.insert(siteGroups).values([{ name: "North" }, { name: "South" }]));
  const invited = await inviteAdministrator(owner, { ...invitation(), scope: "groups", groupNames: "north\nSouth", siteNames: "Nowhere" });
  expect(invited).toMatchObject({ scope: "groups", names: ["North", "South"] });
});

test("X-4, TEN-3: an unknown name is an error beside its field, and nothing is saved", async () => {
  const [owner, stranger] = [await newSuperUser(), await newSuperUser()];
  await newSite(stranger.org, "Elsewhere");
  await newSite(owner.org, "Kiel");
  const member = await newMember(owner.org, "observer");
  const save = (siteNames: string) =>
    updateAdministrator(owner, { administratorId: String(member.membershipId), version: 1, role: "observer", scope: "sites", siteNames });
  await expect(save("Elsewhere")).rejects.toMatchObject({ code: "invalid", fields: { siteNames: ["No site is called “Elsewhere”"] } });
  expect(await getAdministrator(owner, { administratorId: String(member.membershipId) })).toMatchObject({ scope: "all", version: 1 });
});

test("TEN-7: a name gives nobody a group or site that the actor cannot give", async () => {
  const owner = await newSuperUser();
  const [mine] = [await newSite(owner.org, "Mine"), await newSite(owner.org, "Theirs")];
  const scoped = await newMember(owner.org, "super_user", [mine.id]);
  const give = (siteNames: string) => inviteAdministrator(scoped, { ...invitation(), scope: "sites", siteNames });
  await expect(give("Theirs")).rejects.toMatchObject({ fields: { siteNames: ["No site is called “Theirs”"] } });
  expect((await give("Mine")).names).toEqual(["Mine"]);
});

test("INP-5: picked and named sites together are at most 2,000", async () => {
  const owner = await newSuperUser();
  const made = await withTenant({ orgId: owner.orgId, sites: "all" }, (tx) =>
    tx.insert(sites).values(Array.from({ length: 2_001 }, (_, at) => ({ name: `Site ${at}`, country: "DE", timeZone: "UTC" }))).returning({ id: sites.id, name: sites.name }),
  );
  const names = made.map(({ name }) => name);
  const picked = made.slice(0, 1_000).map(({ id }) => id);
  await expect(inviteAdministrator(owner, { ...invitation(), scope: "sites", sites: picked, siteNames: names.slice(1_000).join("\n") })).rejects.toMatchObject({
    fields: { siteNames: ["Choose at most 2,000 sites"] },
  });
  expect((await inviteAdministrator(owner, { ...invitation(), scope: "sites", siteNames: names.slice(0, 2_000).join("\n") })).count).toBe(2_000);
  expect(InviteAdministrator.safeParse({ ...invitation(), scope: "sites", siteNames: names.join("\n") }).error?.issues).toMatchObject([
    { path: ["siteNames"], message: "Choose at most 2,000 sites" },
  ]);
});

test("X-6: the second of two saves is told the names of the sites that the first one gave", async () => {
  const owner = await newSuperUser();
  const kiel = await newSite(owner.org, "Kiel");
  const administratorId = String((await newMember(owner.org, "observer")).membershipId);
  const save = { administratorId, version: 1, role: "observer" as const, scope: "all" as const };
  await updateAdministrator(owner, { ...save, scope: "sites", sites: [kiel.id] });
  await expect(updateAdministrator(owner, save)).rejects.toMatchObject({ code: "conflict", labels: { [kiel.id]: "Kiel" } });
});
