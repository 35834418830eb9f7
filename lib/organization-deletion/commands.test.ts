import { eq, isNotNull } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { withAuthScope } from "@/db/auth-access";
import { accountEvents, memberships, organizations } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import { acceptInvitation } from "@/lib/invitation-acceptance/commands";
import { inviteAdministrator } from "@/lib/invitations/commands";
import { deleteOrganization } from "@/lib/organization-deletion/commands";
import { getDeletionImpact } from "@/lib/organization-deletion/queries";
import { countedText, requireNoBlockers } from "@/lib/organization-deletion/rules";
import { getOrganizationName, getOwnOrganizations } from "@/lib/organizations/queries";
import { getAccountActivity } from "@/lib/sessions/queries";
import { eventMessage } from "@/lib/shared/event-messages";
import { createSite } from "@/lib/sites/commands";
import { requireEmailToken } from "@/lib/testing/email-tokens";
import { latestAuditEntry, listAuditEntries, newAccount, newMember, newSuperUser, newSite, queuedEmailsTo } from "@/lib/testing/fixtures";
import { countOrganizationRows } from "@/lib/testing/organization-rows";
import { rounds } from "@/lib/testing/race";
import { insertSampleRow } from "@/lib/testing/sample-row";
import { createSavedView } from "@/lib/saved-views/commands";
import { loadSession, newRequestMetadata, newSession } from "@/lib/testing/sign-in";

const outcome = (attempt: Promise<unknown>) => attempt.then(() => "deleted", ({ code, message }: Error & { code?: string }) => code ?? message);

/** The members of an organization and its pending invitations. */
const membershipIds = (orgId: string) =>
  withTenant({ orgId, sites: "all" }, async (tx) => (await tx.select({ id: memberships.id }).from(memberships)).map(({ id }) => id));

/** An organization with a row in every table, a second administrator, and an invitation with its token. */
async function newFilledOrganization() {
  const actor = await newSuperUser();
  const colleague = await newAccount();
  await newMember(actor.org, "observer", "all", colleague);
  await createSite(actor, { name: "Berlin", country: "DE", timeZone: "Europe/Berlin", streetAddress: "", groups: "Stores" });
  const site = await newSite(actor.org);
  const email = `invited-${actor.orgId}@example.test`;
  await inviteAdministrator(actor, { email, firstName: "Nell", role: "observer", scope: "sites", sites: [site.id] });
  await createSavedView(actor, { list: "sites", name: "Mine", query: "" });
  const inOrg = { orgId: actor.orgId, sites: "all" as const, accountId: actor.id };
  const ids = await membershipIds(actor.orgId);
  for (const [table, rows] of Object.entries(await countOrganizationRows(actor.org, ids))) {
    if (rows === 0) await insertSampleRow(inOrg, table);
  }
  return { actor, colleague, ids, token: await requireEmailToken(email, "invitation") };
}

describe("ORG-18: deleting an organization", () => {
  test("names what is removed with numbers, removes every row of every table, and tells the administrators by email and in their history", async () => {
    const { actor, colleague, ids, token } = await newFilledOrganization();
    const before = await countOrganizationRows(actor.org, ids);
    expect(Object.entries(before).filter(([, rows]) => rows === 0)).toEqual([]);
    const impact = await getDeletionImpact(actor, {});
    expect(impact).toMatchObject({ name: actor.org.name, blockers: [] });
    expect(impact.contents).toEqual(expect.arrayContaining(["2 administrators", "1 pending invitation", "2 sites", "1 site group", expect.stringMatching(/^\d+ audit entr/)]));

    expect(await deleteOrganization(actor, { name: actor.org.name })).toEqual({ name: actor.org.name });
    expect(Object.entries(await countOrganizationRows(actor.org, ids)).filter(([, rows]) => rows !== 0)).toEqual([]);
    expect(await getOrganizationName(actor.orgId)).toBeNull();
    for (const { id, email } of [{ id: actor.id, email: String(actor.email) }, colleague]) {
      expect((await getOwnOrganizations(id)).organizations).toEqual([]);
      expect(await queuedEmailsTo(email)).toMatchObject([{ template: "organization-deleted", props: { organization: actor.org.name, by: actor.name } }]);
      const { events } = await getAccountActivity(await loadSession(await newSession({ id })));
      const deleted = events.filter(({ name }) => name === "organization.deleted");
      expect(deleted.map(({ name, note }) => eventMessage(name, email, note))).toEqual([`Deleted organization: ${actor.org.name} (by ${actor.name})`]);
      expect(deleted[0]?.ipAddress).toBe(id === actor.id ? actor.origin.ipAddress : null);
    }
    await expect(acceptInvitation.fromRaw({ origin: newRequestMetadata(), signedIn: null }, { token })).rejects.toThrow("This link isn’t valid");
  });

  test("needs the name as it is, and a wrong one changes nothing", async () => {
    const actor = await newSuperUser();
    for (const name of ["", " ", "Other", actor.org.name.toUpperCase(), `${actor.org.name}x`]) {
      await expect(deleteOrganization(actor, { name })).rejects.toMatchObject({ code: "invalid", fields: { name: [expect.any(String)] } });
    }
    expect(await getOrganizationName(actor.orgId)).toBe(actor.org.name);
    expect(await queuedEmailsTo(String(actor.email))).toEqual([]);
    await deleteOrganization(actor, { name: `  ${actor.org.name} ` });
    expect(await getOrganizationName(actor.orgId)).toBeNull();
  });

  test("the name that was typed is compared with the present one", async () => {
    const actor = await newSuperUser();
    await withTenant({ orgId: actor.orgId, sites: "all" }, (tx) => tx.update(organizations).set({ name: "Fjord Ferries" }).where(eq(organizations.id, actor.orgId)));
    await expect(deleteOrganization(actor, { name: actor.org.name })).rejects.toMatchObject({ fields: { name: ["Enter exactly: Fjord Ferries"] } });
  });

  test("is for Super Users: another role is refused and the attempt is recorded; a role that was lost meanwhile is refused too", async () => {
    const actor = await newSuperUser();
    for (const role of ["network_admin", "super_observer"] as const) {
      const other = await newMember(actor.org, role);
      await expect(deleteOrganization(other, { name: actor.org.name })).rejects.toMatchObject({ code: "forbidden" });
      await expect(getDeletionImpact(other, {})).rejects.toMatchObject({ code: "forbidden" });
      expect(await latestAuditEntry(actor)).toMatchObject({ name: "access.denied", actorId: other.id, message: "Not allowed to delete the organization" });
    }
    await withTenant({ orgId: actor.orgId, sites: "all" }, (tx) => tx.update(memberships).set({ role: "observer" }).where(eq(memberships.accountId, actor.id)));
    await expect(deleteOrganization(actor, { name: actor.org.name })).rejects.toMatchObject({ code: "forbidden", message: "Your role no longer allows this" });
    expect(await getOrganizationName(actor.orgId)).toBe(actor.org.name);
  });

  test("leaves the other organizations of its administrators and their logs alone", async () => {
    const [actor, other] = [await newSuperUser(), await newSuperUser()];
    const person = await newAccount();
    await newMember(actor.org, "observer", "all", person);
    await newMember(other.org, "observer", "all", person);
    const log = (await listAuditEntries(other)).length;
    await deleteOrganization(actor, { name: actor.org.name });
    expect((await getOwnOrganizations(person.id)).organizations).toEqual([{ id: other.orgId }]);
    expect(await listAuditEntries(other)).toHaveLength(log);
    await expect(deleteOrganization({ ...actor, orgId: other.orgId }, { name: other.org.name })).rejects.toMatchObject({ code: "forbidden" });
    expect(await getOrganizationName(other.orgId)).toBe(other.org.name);
  });

  test("20 requests at once are one deletion, with one email to each administrator", async () => {
    const actor = await newSuperUser();
    const outcomes = await Promise.all(rounds.map(() => outcome(deleteOrganization(actor, { name: actor.org.name }))));
    expect(outcomes.toSorted()).toEqual(["deleted", ...Array.from({ length: 19 }, () => "not_found")]);
    expect(await queuedEmailsTo(String(actor.email))).toHaveLength(1);
    const history = await withAuthScope({ accountId: actor.id }, (tx) => tx.select({ name: accountEvents.name }).from(accountEvents).where(isNotNull(accountEvents.name)));
    expect(history).toEqual([{ name: "organization.deleted" }]);
  });

  test("what must be removed first is named", () => {
    expect(() => requireNoBlockers([])).not.toThrow();
    const claimed = [{ text: "3 access points", href: "" }, { text: "1 switch", href: "" }];
    expect(() => requireNoBlockers(claimed)).toThrow("This organization still has 3 access points and 1 switch. Remove them first");
    expect([countedText(1, "site"), countedText(10_000, "site"), countedText(10_001, "audit entry", "audit entries")]).toEqual(["1 site", "10,000 sites", "more than 10,000 audit entries"]);
  });
});
