import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { notificationSubscriptions, memberships } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { findViewedAdministrator } from "@/lib/effective-access/queries";
import { deleteAccount } from "@/lib/account-deletion/commands";
import { getDeletionImpact } from "@/lib/account-deletion/queries";
import { changeRoleOfSelected, exportAdministrators, revokeAccess, updateAdministrator } from "@/lib/administrators/commands";
import { getAdministrator, listAdministrators } from "@/lib/administrators/queries";
import { accessEndDay, accessEndMoment, chosenAccessEnd } from "@/lib/administrators/rules";
import { acceptInvitation } from "@/lib/invitation-acceptance/commands";
import { inviteAdministrator, inviteSeveral, resendInvitation } from "@/lib/invitations/commands";
import { getInvitation } from "@/lib/invitations/queries";
import { listNotificationRecipients } from "@/lib/notifications/queries";
import { updateLastSeen } from "@/lib/sessions/commands";
import { getAuthSession } from "@/lib/sessions/queries";
import { requireEmailToken } from "@/lib/testing/email-tokens";
import { collect, connectAsOwner, latestAuditEntry, listAuditEntries, newAccount, newMember, newSuperUser, queuedEmailsTo } from "@/lib/testing/fixtures";
import { race, rounds } from "@/lib/testing/race";
import { loadSession, newAccountContext, newRequestMetadata, newSession } from "@/lib/testing/sign-in";

const idOf = (actor: Actor) => String(actor.membershipId);
const inOrg = ({ orgId }: Actor) => ({ orgId, sites: "all" }) as const;

/** Moves the end of an access to so many seconds from now, by the database clock. */
const endAccess = (member: Actor, secondsFromNow: number, administratorId = idOf(member)) =>
  withTenant(inOrg(member), (tx) =>
    tx.update(memberships).set({ accessEndsAt: sql`now() + make_interval(secs => ${secondsFromNow})` }).where(eq(memberships.id, administratorId)),
  );

const edit = async (actor: Actor, administratorId: string, changes: { accessEndsOn?: string; timeZone?: string }) => {
  const { role, scope, version } = await getAdministrator(actor, { administratorId });
  return updateAdministrator(actor, { administratorId, role, scope, version, ...changes });
};

const dayFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe("ADM-8: the last day with access", () => {
  const now = new Date("2027-03-27T12:00:00Z");
  const chosen = (current: Date | null, accessEndsOn: string | undefined, timeZone: string) => chosenAccessEnd(current, { accessEndsOn, timeZone }, now);

  test.each([
    ["2027-03-27", "UTC", "2027-03-28T00:00:00.000Z"],
    ["2027-03-28", "Europe/Berlin", "2027-03-28T22:00:00.000Z"],
    ["2027-12-31", "Pacific/Kiritimati", "2027-12-31T10:00:00.000Z"],
    ["2027-12-31", "America/Los_Angeles", "2028-01-01T08:00:00.000Z"],
  ])("%s in %s ends at %s, with the day included", (day, zone, instant) => {
    const endsAt = chosen(null, day, zone);
    expect(endsAt?.toISOString()).toBe(instant);
    expect(accessEndDay(endsAt, zone)).toBe(day);
  });

  test("stays as it is where the form shows it in another zone, and without a choice; empty clears it", () => {
    const endsAt = new Date("2027-04-01T22:00:00Z");
    expect(accessEndDay(endsAt, "America/New_York")).toBe("2027-04-01");
    expect(chosen(endsAt, "2027-04-01", "America/New_York")).toBe(endsAt);
    expect(chosen(endsAt, undefined, "UTC")).toBe(endsAt);
    expect(chosen(endsAt, "", "UTC")).toBeNull();
  });

  test.each([
    ["2027-03-26", "UTC", /today or a later day/],
    ["2027-02-30", "UTC", /like 2026-11-21/],
    ["2099-01-01", "UTC", /within the next 10 years/],
    ["2027-05-01", "Mars/Olympus", /time zone does not exist/],
  ])("%s in %s is refused beside the field", (day, zone, message) => {
    expect(() => chosen(null, day, zone)).toThrow(expect.objectContaining({ code: "invalid", fields: { accessEndsOn: [expect.stringMatching(message)] } }));
  });
});

test("ADM-8: an end date is given with an invitation, to one person or several, is in the email, and is changed and cleared later", async () => {
  const owner = await newSuperUser();
  const day = dayFromNow(40);
  const person = await newAccount();
  const access = { role: "observer", scope: "all", accessEndsOn: day, timeZone: "Europe/Berlin" } as const;
  const { id } = await inviteAdministrator(owner, { email: person.email, firstName: "Nell", lastName: "Ode", ...access });
  await inviteSeveral(owner, { people: "one@example.test, two@example.test", ...access });
  const { rows } = await listAdministrators(owner, { accessEnd: "later" });
  expect(rows.map(({ accessEndsAt }) => accessEndDay(accessEndsAt, "Europe/Berlin"))).toEqual([day, day, day]);
  const endsAt = (await getAdministrator(owner, { administratorId: id })).accessEndsAt;
  expect(await queuedEmailsTo(person.email)).toMatchObject([{ template: "invitation", props: { accessEnds: accessEndMoment(endsAt) } }]);

  await acceptInvitation({ origin: newRequestMetadata(), signedIn: person }, { token: await requireEmailToken(person.email, "invitation") });
  await edit(owner, id, { accessEndsOn: dayFromNow(3), timeZone: "UTC" });
  expect(await latestAuditEntry(owner)).toMatchObject({ name: "administrator.updated", message: expect.stringContaining("access ends") });
  await edit(owner, id, { accessEndsOn: "", timeZone: "UTC" });
  expect((await getAdministrator(owner, { administratorId: id })).accessEndsAt).toBeNull();
});

test("ADM-8: the list is filtered and ordered by the end of access, and file and selection agree", async () => {
  const owner = await newSuperUser();
  const [soon, later] = [await newMember(owner.org, "observer"), await newMember(owner.org, "observer")];
  await endAccess(soon, 29 * 86_400);
  await endAccess(later, 31 * 86_400);
  const ids = async (accessEnd: ("soon" | "later" | "never")[]) => (await listAdministrators(owner, { accessEnd, sort: "accessEnds" })).rows.map(({ id }) => id);
  expect([await ids(["soon"]), await ids(["later"]), await ids(["never"])]).toEqual([[idOf(soon)], [idOf(later)], [idOf(owner)]]);
  expect(await ids([])).toEqual([idOf(soon), idOf(later), idOf(owner)]);
  expect((await collect(await exportAdministrators(owner, { accessEnd: "soon" }))).flat().map(({ id }) => id)).toEqual([idOf(soon)]);
  const { results } = await changeRoleOfSelected(owner, { all: "true", accessEnd: ["soon"], role: "helpdesk" });
  expect(results.map(({ id }) => id)).toEqual([idOf(soon)]);
});

describe("ADM-8: access that has ended grants nothing, although no job has run", () => {
  test("an open session loses the organization with its next request, and keeps the others", async () => {
    const [owner, other, person] = [await newSuperUser(), await newSuperUser(), await newAccount()];
    const member = await newMember(owner.org, "network_admin", "all", person);
    await newMember(other.org, "observer", "all", person);
    const opened = await newSession(person);
    await endAccess(member, 3_600);
    expect((await getAuthSession(opened))?.memberships).toHaveLength(2);
    await endAccess(member, -1);
    expect((await getAuthSession(opened))?.memberships.map(({ orgId }) => orgId)).toEqual([other.orgId]);

    // A request that began before the end records no visit any more.
    await updateLastSeen({ ...(await loadSession(opened)), origin: newRequestMetadata() }, { orgId: owner.orgId });
    expect((await listAuditEntries(owner)).map(({ name }) => name)).not.toContain("organization.accessed");
  });

  test("a Super User whose access has ended changes nothing, deletes no organization, and is viewed as by nobody", async () => {
    const [owner, person] = [await newSuperUser(), await newAccount()];
    const temporary = await newMember(owner.org, "super_user", "all", person);
    const member = await newMember(owner.org, "observer");
    await endAccess(temporary, -1);
    await expect(revokeAccess(temporary, { administratorId: idOf(member) })).rejects.toMatchObject({ code: "forbidden" });
    expect(await findViewedAdministrator(owner, { administratorId: idOf(temporary) })).toBeUndefined();
    expect((await getDeletionImpact(person.id)).soleSuperUserOrgs).toEqual([]);
    await expect(edit(owner, idOf(temporary), { accessEndsOn: dayFromNow(5) })).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("has ended") });
    expect((await listAdministrators(owner, { status: "ended" })).rows.map(({ id }) => id)).toEqual([idOf(temporary)]);
  });

  test("no notifications are sent to it", async () => {
    const owner = await newSuperUser();
    const member = await newMember(owner.org, "observer");
    const recipients = () => withTenant(inOrg(owner), async (tx) => (await listNotificationRecipients(tx, { siteId: null })).map(({ accountId }) => accountId));
    await withTenant(inOrg(owner), (tx) => tx.insert(notificationSubscriptions).values({ membershipId: idOf(member) }));
    expect(await recipients()).toEqual([member.id]);
    await endAccess(member, -1);
    expect(await recipients()).toEqual([]);
  });

  test("an invitation is not accepted after its end, and not sent again before the end date is changed", async () => {
    const [owner, person] = [await newSuperUser(), await newAccount()];
    const { id } = await inviteAdministrator(owner, { email: person.email, firstName: "Nell", lastName: "Ode", role: "observer", scope: "all" });
    const token = await requireEmailToken(person.email, "invitation");
    await endAccess(owner, -1, id);
    expect(await getInvitation(token)).toEqual({ open: false, problem: "ended" });
    await expect(acceptInvitation({ origin: newRequestMetadata(), signedIn: person }, { token })).rejects.toMatchObject({ code: "conflict" });
    await expect(resendInvitation(owner, { administratorId: id })).rejects.toMatchObject({ code: "conflict" });
    await edit(owner, id, { accessEndsOn: dayFromNow(5) });
    await acceptInvitation({ origin: newRequestMetadata(), signedIn: person }, { token });
    expect((await getAdministrator(owner, { administratorId: id })).status).toBe("active");
  });

  test("an invitation is no longer valid when the access of its sender has ended", async () => {
    const [owner, person] = [await newSuperUser(), await newAccount()];
    const temporary = await newMember(owner.org, "super_user");
    await inviteAdministrator(temporary, { email: person.email, firstName: "Nell", lastName: "Ode", role: "observer", scope: "all" });
    await endAccess(temporary, -1);
    expect(await getInvitation(await requireEmailToken(person.email, "invitation"))).toEqual({ open: false, problem: "not_permitted" });
  });

  test("functions of the database that look for a Super User look at the end date, too", async () => {
    const connection = connectAsOwner();
    const rows = await connection<{ name: string }[]>`
      select proname as name from pg_proc where pronamespace = 'public'::regnamespace
        and prosrc like '%''super_user''%' and prosrc like '%memberships m%' and prosrc not like '%access_ends_at%'`;
    await connection.end();
    expect([...rows]).toEqual([]);
  });
});

describe("ADM-6: an organization always keeps a Super User without an end date", () => {
  test("the last one is given no end date, is not demoted or revoked, and cannot delete the account, whoever has an end date besides", async () => {
    const [owner, person] = [await newSuperUser(), await newAccount()];
    const temporary = await newMember(owner.org, "super_user", "all", person);
    await edit(owner, idOf(temporary), { accessEndsOn: dayFromNow(5) });
    const refused = { code: "conflict", message: expect.stringContaining("without an end date") };
    await expect(edit(temporary, idOf(owner), { accessEndsOn: dayFromNow(90) })).rejects.toMatchObject(refused);
    await expect(revokeAccess(temporary, { administratorId: idOf(owner) })).rejects.toMatchObject(refused);
    const demoted = await changeRoleOfSelected(temporary, { ids: [idOf(owner)], role: "observer" });
    expect(demoted.results).toMatchObject([{ done: false, text: expect.stringContaining("without an end date") }]);
    expect((await getDeletionImpact(owner.id)).soleSuperUserOrgs.map(({ id }) => id)).toEqual([owner.orgId]);
    expect((await getDeletionImpact(person.id)).soleSuperUserOrgs).toEqual([]);

    await edit(owner, idOf(temporary), { accessEndsOn: "" });
    await edit(temporary, idOf(owner), { accessEndsOn: dayFromNow(90) });
    await expect(edit(temporary, idOf(temporary), { accessEndsOn: "" })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("of two Super Users who give each other an end date at once, one is refused", async () => {
    for (const _ of rounds) {
      const owner = await newSuperUser();
      const second = await newMember(owner.org, "super_user");
      const outcomes = await race([edit(owner, idOf(second), { accessEndsOn: dayFromNow(5) }), edit(second, idOf(owner), { accessEndsOn: dayFromNow(5) })]);
      expect([["done", "conflict"], ["conflict", "done"]]).toContainEqual(outcomes);
      expect((await listAdministrators(owner, { role: "super_user", accessEnd: "never" })).rows).toHaveLength(1);
    }
  });

  test("giving an end date to one while the other revokes, demotes or deletes the account leaves one", async () => {
    for (const _ of rounds) {
      const [owner, leaving] = [await newSuperUser(), await newAccount()];
      const second = await newMember(owner.org, "super_user", "all", leaving);
      const third = await newMember(owner.org, "super_user");
      const leave = deleteAccount(await newAccountContext(leaving), { agreed: "true" });
      const outcomes = await race([
        leave,
        edit(second, idOf(owner), { accessEndsOn: dayFromNow(5) }),
        revokeAccess(owner, { administratorId: idOf(third) }),
        edit(third, idOf(owner), { accessEndsOn: dayFromNow(6) }),
      ]);
      expect(["done", "conflict", "forbidden", "not_found", "unauthenticated"]).toEqual(expect.arrayContaining(outcomes));
      expect((await listAdministrators(owner, { role: "super_user", accessEnd: "never" })).rows.length).toBeGreaterThan(0);
    }
  });
});
