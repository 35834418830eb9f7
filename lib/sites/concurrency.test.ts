import { describe, expect, test } from "vitest";
import { updateAdministrator } from "@/lib/administrators/commands";
import { getAdministrator } from "@/lib/administrators/queries";
import { inviteAdministrator } from "@/lib/invitations/commands";
import { setNotificationSubscription } from "@/lib/notifications/commands";
import { createSite, deleteSite, updateSite } from "@/lib/sites/commands";
import { getSite } from "@/lib/sites/queries";
import { race, rounds } from "@/lib/testing/race";
import { newEmailAddress } from "@/lib/testing/sign-in";
import { listAuditEntries, newMember, newSuperUser } from "@/lib/testing/fixtures";

const facts = { country: "DE", timeZone: "Europe/Berlin", streetAddress: "" };
const invitation = { firstName: "Nell", lastName: "Ode", role: "observer", scope: "sites" } as const;

describe("X-6: at the same moment, each is done or refused in words", () => {
  test("of four who delete a site one does, and the others find none", async () => {
    const superUser = await newSuperUser();
    for (const round of rounds) {
      const { id: siteId } = await createSite(superUser, { ...facts, name: `Kiel ${round}`, groups: "North, South" });
      const outcomes = await race(Array.from({ length: 4 }, () => deleteSite(superUser, { siteId })));
      expect(outcomes.toSorted()).toEqual(["done", "not_found", "not_found", "not_found"]);
    }
    const deletions = (await listAuditEntries(superUser)).filter(({ name }) => name === "site.deleted");
    expect(deletions).toHaveLength(rounds.length);
    expect(deletions[0]?.change?.before).toMatchObject({ name: `Kiel ${rounds.length - 1}`, groups: ["North", "South"] });
  });

  test("a site that is saved while it is deleted is saved before, or not found", async () => {
    const superUser = await newSuperUser();
    for (const round of rounds) {
      const { id: siteId, version } = await createSite(superUser, { ...facts, name: `Kiel ${round}`, groups: "North" });
      const save = updateSite(superUser, { ...facts, siteId, version: String(version), name: `Bonn ${round}`, groups: "North, West" });
      const [saved, deleted] = await race([save, deleteSite(superUser, { siteId })]);
      expect(["done", "not_found"]).toContain(saved);
      expect(deleted).toBe("done");
      await expect(getSite(superUser, { siteId })).rejects.toMatchObject({ code: "not_found" });
    }
  });

  test("an invitation for a site that is deleted meanwhile is sent before, or names the field", async () => {
    const superUser = await newSuperUser();
    for (const round of rounds) {
      const { id: siteId } = await createSite(superUser, { ...facts, name: `Kiel ${round}`, groups: "" });
      const invite = inviteAdministrator(superUser, { ...invitation, email: newEmailAddress(), sites: [siteId] });
      const fields = invite.then(() => undefined, (refusal: { fields: unknown }) => refusal.fields);
      const [invited, deleted] = await race([invite, deleteSite(superUser, { siteId })]);
      expect(["done", "invalid"]).toContain(invited);
      expect(await fields).toEqual(invited === "done" ? undefined : { sites: ["One of these sites no longer exists"] });
      expect(deleted).toBe("done");
    }
  });

  test("access to sites that are deleted meanwhile, chosen anew and told of by mail, never waits in a cycle", async () => {
    const superUser = await newSuperUser();
    for (const round of rounds) {
      const [one, two] = await Promise.all([1, 2].map((part) => createSite(superUser, { ...facts, name: `Kiel ${round} ${part}`, groups: "" })));
      const sites = [two?.id ?? "", one?.id ?? ""];
      const observer = await newMember(superUser.org, "observer", sites);
      const administratorId = String(observer.membershipId);
      const { version } = await getAdministrator(superUser, { administratorId });
      const outcomes = await race([
        updateAdministrator(superUser, { administratorId, version: String(version), role: "network_admin", scope: "sites", sites }),
        setNotificationSubscription(observer, { siteId: sites[1] ?? "", on: "true" }),
        ...sites.map((siteId) => deleteSite(superUser, { siteId })),
      ]);
      expect(["done", "invalid", "not_found"]).toEqual(expect.arrayContaining(outcomes.slice(0, 2)));
      expect(outcomes.slice(2)).toEqual(["done", "done"]);
    }
  });

  test("four who create sites in the same thirty new groups, named in another order, all do", async () => {
    const superUser = await newSuperUser();
    for (const round of rounds) {
      const groups = Array.from({ length: 30 }, (_, group) => `Group ${round} ${group}`);
      const create = (names: string[], place: number) => createSite(superUser, { ...facts, name: `Kiel ${round} ${place}`, groups: names.join(", ") });
      const attempts = [groups, groups.toReversed(), groups, groups.toReversed()].map(create);
      expect(await race(attempts)).toEqual(["done", "done", "done", "done"]);
    }
  });
});
