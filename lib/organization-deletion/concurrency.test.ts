import { expect, test } from "vitest";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { setViewAs } from "@/lib/effective-access/commands";
import { endMemberSessions, revokeAccess, updateAdministrator } from "@/lib/administrators/commands";
import { acceptInvitation, declineInvitation } from "@/lib/invitation-acceptance/commands";
import { cancelInvitation, inviteAdministrator, resendInvitation } from "@/lib/invitations/commands";
import { deleteAccount } from "@/lib/account-deletion/commands";
import { setNotificationSubscription } from "@/lib/notifications/commands";
import { deleteOrganization } from "@/lib/organization-deletion/commands";
import { getOrganizationName } from "@/lib/organizations/queries";
import { createSavedView } from "@/lib/saved-views/commands";
import { updateLastSeen } from "@/lib/sessions/commands";
import { createSiteGroup } from "@/lib/site-groups/commands";
import { createSite, deleteSite, updateSite } from "@/lib/sites/commands";
import { requireEmailToken } from "@/lib/testing/email-tokens";
import { newAccount, newMember, newSite, newSuperUser, queuedEmailsTo, type TestAccount } from "@/lib/testing/fixtures";
import { countOrganizationRows, tenantTables } from "@/lib/testing/organization-rows";
import { race } from "@/lib/testing/race";
import { insertSampleRow } from "@/lib/testing/sample-row";
import { newAccountContext, newRequestMetadata } from "@/lib/testing/sign-in";

const berlin = { country: "DE", timeZone: "Europe/Berlin", streetAddress: "", groups: "Stores" };
type SuperUser = Awaited<ReturnType<typeof newSuperUser>>;

async function invite(actor: Actor, name: string) {
  const email = `${name}-${actor.orgId}@example.test`;
  const { id } = await inviteAdministrator(actor, { email, firstName: "Nell", role: "observer", scope: "all" });
  return { id, token: await requireEmailToken(email, "invitation") };
}

/** Prepares one write of every kind, by requests, links and accounts, as functions that begin it. */
async function newWrites(actor: SuperUser, turn: number): Promise<(() => Promise<unknown>)[]> {
  const [site, doomed] = [await newSite(actor.org), await newSite(actor.org)];
  const people: TestAccount[] = await Promise.all(Array.from({ length: 4 }, () => newAccount()));
  const members = await Promise.all(people.map((person) => newMember(actor.org, "observer", "all", person)));
  const [accepted, declined, cancelled, resent] = [await invite(actor, `a${turn}`), await invite(actor, `d${turn}`), await invite(actor, `c${turn}`), await invite(actor, `r${turn}`)];
  const [visitor, leaver] = [await newAccountContext({ id: String(people[0]?.id) }), await newAccountContext({ id: String(people[1]?.id) })];
  const idOf = (index: number) => String(members[index]?.membershipId);
  return [
    () => createSite(actor, { ...berlin, name: `New ${turn}` }),
    () => updateSite(actor, { ...berlin, siteId: site.id, version: 1, name: `Renamed ${turn}` }),
    () => deleteSite(actor, { siteId: doomed.id }),
    () => createSiteGroup(actor, { name: `Group ${turn}` }),
    () => inviteAdministrator(actor, { email: `n${turn}-${actor.orgId}@example.test`, firstName: "Nell", role: "observer", scope: "sites", sites: [site.id] }),
    () => resendInvitation(actor, { administratorId: resent.id }),
    () => cancelInvitation(actor, { administratorId: cancelled.id }),
    () => acceptInvitation.fromRaw({ origin: newRequestMetadata(), signedIn: null }, { token: accepted.token }),
    () => declineInvitation.fromRaw({ origin: newRequestMetadata(), signedIn: null }, { token: declined.token }),
    () => updateAdministrator(actor, { administratorId: idOf(2), version: 1, role: "helpdesk", scope: "sites", sites: [site.id] }),
    () => endMemberSessions(actor, { administratorId: idOf(2) }),
    () => revokeAccess(actor, { administratorId: idOf(3) }),
    () => createSavedView(actor, { list: "sites", name: `View ${turn}`, query: "" }),
    () => setNotificationSubscription(actor, { siteId: site.id, on: true }),
    () => updateLastSeen(visitor, { orgId: actor.orgId }),
    () => setViewAs(visitor, { orgId: actor.orgId, administratorId: idOf(2) }),
    () => deleteAccount(leaver, { agreed: "true" }),
    () => createSite({ ...actor, grants: [] }, { ...berlin, name: `Refused ${turn}` }),
  ];
}

/** Rows in every table, written without any command; the database may refuse them. */
const newRows = async (actor: SuperUser) =>
  (await tenantTables()).map((table) => () => insertSampleRow({ orgId: actor.orgId, sites: "all", accountId: actor.id }, table).catch(() => {}));

const spread = <T>(items: readonly T[]) => items.toSorted((one, other) => items.indexOf(one) % 7 - (items.indexOf(other) % 7));

test("ORG-18: of more than 100 writes of every kind during the deletion none leaves a row behind, and each is done or refused in words", { timeout: 60_000 }, async () => {
  for (const _ of [1, 2, 3]) {
    const actor = await newSuperUser();
    const writes = spread((await Promise.all(Array.from({ length: 6 }, (__, turn) => newWrites(actor, turn)))).flat());
    const rows = await newRows(actor);
    expect(writes.length).toBeGreaterThan(100);
    const ids = await withTenant({ orgId: actor.orgId, sites: "all" }, async (tx) => (await tx.execute<{ id: string }>("select id from memberships")).map(({ id }) => id));
    const middle = Math.floor(writes.length / 3);
    const begun = [...writes.slice(0, middle), () => deleteOrganization(actor, { name: actor.org.name }), ...writes.slice(middle), ...rows].map((write) => write());
    const outcomes = await race(begun);
    expect(outcomes[middle]).toBe("done");
    expect([...new Set(outcomes)].filter((code) => !["done", "not_found", "conflict", "forbidden", "invalid", "unauthenticated"].includes(code))).toEqual([]);
    expect(Object.entries(await countOrganizationRows(actor.org, ids)).filter(([, count]) => count !== 0)).toEqual([]);
    expect(await getOrganizationName(actor.orgId)).toBeNull();
    const told = (await queuedEmailsTo(String(actor.email))).filter(({ template }) => template === "organization-deleted");
    expect(told).toHaveLength(1);
  }
});
