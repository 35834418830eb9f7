import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { memberships } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import { acceptInvitation } from "@/lib/invitation-acceptance/commands";
import { revokeAccess } from "@/lib/administrators/commands";
import { deleteAccount } from "@/lib/account-deletion/commands";
import { cancelInvitation, inviteAdministrator, resendInvitation } from "@/lib/invitations/commands";
import { setNotificationSubscription } from "@/lib/notifications/commands";
import { createOrganization } from "@/lib/organizations/commands";
import { saveProfile } from "@/lib/profile/commands";
import { getProfile } from "@/lib/profile/queries";
import { updateLastSeen } from "@/lib/sessions/commands";
import { requireEmailToken } from "@/lib/testing/email-tokens";
import { race, rounds } from "@/lib/testing/race";
import { newRequestMetadata, newAccountContext } from "@/lib/testing/sign-in";
import { newMember, newAccount, newSuperUser } from "@/lib/testing/fixtures";

async function invited() {
  const [superUser, person] = [await newSuperUser(), await newAccount()];
  const facts = { email: person.email, firstName: "Nell", lastName: "Ode", role: "observer", scope: "all" } as const;
  const { id: administratorId } = await inviteAdministrator(superUser, facts);
  const token = await requireEmailToken(person.email, "invitation");
  const accept = () => acceptInvitation({ origin: newRequestMetadata(), signedIn: person }, { token });
  const count = () => withTenant({ orgId: superUser.orgId, sites: "all" }, (tx) => tx.$count(memberships, eq(memberships.id, administratorId)));
  return { superUser, person, administratorId, accept, count };
}

describe("X-6: at the same moment, each is done or refused in words", () => {
  test("LNK-2: an invitation that is sent again while it is accepted", async () => {
    for (const _ of rounds) {
      const { superUser, administratorId, accept } = await invited();
      const outcomes = await race([accept(), resendInvitation(superUser, { administratorId })]);
      expect([["done", "conflict"], ["conflict", "done"]]).toContainEqual(outcomes);
    }
  });

  test("LNK-2: who accepts by a link that was replaced just then is told of the newer mail", async () => {
    const { superUser, administratorId, accept } = await invited();
    await resendInvitation(superUser, { administratorId });
    await expect(accept()).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("sent again") });
  });

  test("LNK-5: an invitation that is accepted, sent again, revoked and cancelled leaves one membership or none", async () => {
    for (const _ of rounds) {
      const { superUser, administratorId, accept, count } = await invited();
      const one = { administratorId };
      const outcomes = await race([accept(), accept(), resendInvitation(superUser, one), revokeAccess(superUser, one), cancelInvitation(superUser, one)]);
      expect(["done", "conflict", "not_found"]).toEqual(expect.arrayContaining(outcomes));
      const [first, second, , revoked, cancelled] = outcomes;
      const isJoined = first === "done" || second === "done";
      expect([first, second]).not.toEqual(["done", "done"]);
      expect(await count()).toBe(revoked === "done" || cancelled === "done" ? 0 : 1);
      expect(revoked === "done" && !isJoined).toBe(false);
      expect(cancelled === "done" && isJoined).toBe(false);
    }
  });

  test("access that is revoked twice while its owner saves, enters and chooses is revoked once", async () => {
    const superUser = await newSuperUser();
    for (const _ of rounds) {
      const person = await newAccount({ analyticsAllowed: "no" });
      const member = await newMember(superUser.org, "observer", "all", person);
      const [self, { version }] = [await newAccountContext(person), await getProfile(person.id)];
      const one = { administratorId: String(member.membershipId) };
      const [saved, entered, chosen, ...revoked] = await race([
        saveProfile(self, { firstName: "Nell", lastName: "Ode", macFormat: "dot", timeZone: "Europe/Oslo", version }),
        updateLastSeen(self, { orgId: superUser.orgId }),
        setNotificationSubscription(member, { siteId: "", on: "true" }),
        revokeAccess(superUser, one),
        revokeAccess(superUser, one),
      ]);
      expect([saved, entered]).toEqual(["done", "done"]);
      expect(["done", "not_found"]).toContain(chosen);
      expect(revoked.toSorted()).toEqual(["done", "not_found"]);
    }
  });

  test("ACC-4, ACC-29: an organization that is created while its account is deleted", async () => {
    for (const _ of rounds) {
      const person = await newAccount();
      const self = await newAccountContext(person);
      const create = createOrganization({ ...self, siteDefaults: { country: "NO", timeZone: "Europe/Oslo" } }, { name: "Late" });
      const [created, deleted] = await race([create, deleteAccount(self, { agreed: "true" })]);
      expect([["done", "conflict"], ["unauthenticated", "done"]]).toContainEqual([created, deleted]);
    }
  });
});
