import { eq, sql } from "drizzle-orm";
import { NIL } from "uuid";
import { describe, expect, test } from "vitest";
import { memberships } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import { isEmailName, renderEmail } from "@/emails";
import type { Actor } from "@/lib/access/actor";
import { enforceAccessExpiry, jobs } from "@/lib/access-expiry/jobs";
import { daysLeftText, dueReminders } from "@/lib/access-expiry/rules";
import { systemAgent } from "@/lib/accounts/internal";
import { inviteAdministrator } from "@/lib/invitations/commands";
import { getInvitation } from "@/lib/invitations/queries";
import { requireEmailToken } from "@/lib/testing/email-tokens";
import { connectAsOwner, listAuditEntries, newAccount, newMember, newOrg, newSuperUser, queuedEmailsTo } from "@/lib/testing/fixtures";

const idOf = (actor: Actor) => String(actor.membershipId);
const inOrg = ({ orgId }: Pick<Actor, "orgId">) => ({ orgId, sites: "all" }) as const;

const runJob = () => enforceAccessExpiry(NIL, async () => {});

/** Moves the end of an access to so many days from now, by the database clock. */
const endAccess = (member: Actor, days: number) =>
  withTenant(inOrg(member), (tx) =>
    tx.update(memberships).set({ accessEndsAt: sql`now() + make_interval(secs => ${days * 86_400})` }).where(eq(memberships.id, idOf(member))),
  );

/** Lets days pass for one access: its end and the reminders of it come nearer. */
async function advanceDays(member: Actor, days: number) {
  const owner = connectAsOwner();
  await owner.begin(async (tx) => {
    const interval = tx`make_interval(secs => ${days * 86_400})`;
    for (const table of ["memberships", "access_end_reminders"]) await tx`alter table ${tx(table)} no force row level security`;
    await tx`update memberships set access_ends_at = access_ends_at - ${interval} where id = ${idOf(member)}`;
    await tx`update access_end_reminders set access_ends_at = access_ends_at - ${interval} where membership_id = ${idOf(member)}`;
    for (const table of ["memberships", "access_end_reminders"]) await tx`alter table ${tx(table)} force row level security`;
  });
  await owner.end();
}

const emailsTo = async (address: string | null) =>
  (await queuedEmailsTo(String(address))).map(({ template, props: { left, count = left } }) => (typeof count === "string" ? `${template} ${count}` : template));
const eventsOf = async (actor: Actor, subject: Actor) => (await listAuditEntries(actor)).filter(({ subjectId }) => subjectId === idOf(subject));
const memberCount = (actor: Actor) => withTenant(inOrg(actor), (tx) => tx.$count(memberships, eq(memberships.organizationId, actor.orgId)));

describe("ADM-8: access that has ended is removed by the job", () => {
  test("once, however many instances run it at the same time: the system is recorded, the person is told, invitations of theirs are void", async () => {
    const [owner, invited] = [await newSuperUser(), await newAccount()];
    const temporary = await newMember(owner.org, "super_user");
    await inviteAdministrator(temporary, { email: invited.email, firstName: "Nell", lastName: "Ode", role: "observer", scope: "all" });
    const token = await requireEmailToken(invited.email, "invitation");
    await endAccess(temporary, -0.001);
    await Promise.all([runJob(), runJob(), runJob(), runJob()]);

    expect(await memberCount(owner)).toBe(2);
    expect(await emailsTo(temporary.email)).toEqual(["access-ended"]);
    const ended = await eventsOf(owner, temporary);
    expect(ended).toMatchObject([{ name: "administrator.expired", actorId: systemAgent().id, actorKind: "system", change: { before: { role: "Super User" } } }]);
    expect(await getInvitation(token)).toMatchObject({ open: false, problem: "replaced" });
    const [email] = await queuedEmailsTo(String(temporary.email));
    if (!email || !isEmailName(email.template)) throw new Error("no email");
    expect((await renderEmail(email.template, email.props)).text).toContain(owner.org.name);
  });

  test("not before its time, and not when the end date was moved or cleared", async () => {
    const owner = await newSuperUser();
    const [early, cleared] = [await newMember(owner.org, "observer"), await newMember(owner.org, "observer")];
    await endAccess(early, 0.01);
    await endAccess(cleared, -1);
    await withTenant(inOrg(owner), (tx) => tx.update(memberships).set({ accessEndsAt: null }).where(eq(memberships.id, idOf(cleared))));
    await runJob();
    expect(await memberCount(owner)).toBe(3);
  });

  test("batch after batch, and one organization that fails does not keep the others waiting", async () => {
    const owner = await newSuperUser();
    const temporary = await newMember(owner.org, "observer");
    await endAccess(temporary, -1);
    const broken = await newOrg();
    const stuck = await newMember(broken, "observer");
    await endAccess(stuck, -1);
    const connection = connectAsOwner();
    await connection.begin(async (tx) => {
      await tx.unsafe(`create function pg_temp.refuse() returns trigger language plpgsql as $$ begin raise exception 'stuck'; end $$`);
      await tx.unsafe(`create trigger refuse before delete on memberships for each row when (old.id = '${idOf(stuck)}') execute function pg_temp.refuse()`);
    });
    await expect(runJob()).rejects.toThrow("1 organization could not be processed");
    await connection.unsafe("drop trigger refuse on memberships");
    await connection.end();
    expect([await memberCount(owner), await memberCount(stuck)]).toEqual([1, 1]);
    await runJob();
    expect(await memberCount(stuck)).toBe(0);
  });

  test("the job is scheduled", () => {
    expect(jobs).toMatchObject([{ name: "access.expire", cron: "*/5 * * * *" }]);
  });
});

describe("ADM-8: reminders before access ends", () => {
  test("7 days and 1 day before: the person, and the other Super Users in one list, each once", async () => {
    const owner = await newSuperUser();
    const [first, second] = [await newMember(owner.org, "super_user"), await newMember(owner.org, "observer")];
    await endAccess(first, 7.5);
    await endAccess(second, 7.5);
    await runJob();
    expect([await emailsTo(first.email), await emailsTo(owner.email)]).toEqual([[], []]);
    await Promise.all([advanceDays(first, 1), advanceDays(second, 1)]);
    await Promise.all([runJob(), runJob(), runJob()]);
    await runJob();
    expect(await emailsTo(second.email)).toEqual(["access-ending in 7 days"]);
    expect(await emailsTo(owner.email)).toEqual(["access-ending-list 2 administrators"]);
    expect((await emailsTo(first.email)).toSorted()).toEqual(["access-ending in 7 days", "access-ending-list 1 administrator"]);

    for (let day = 0; day < 5; day += 1) {
      await advanceDays(second, 1);
      await runJob();
    }
    expect(await emailsTo(second.email)).toEqual(["access-ending in 7 days"]);
    await advanceDays(second, 1);
    await runJob();
    await runJob();
    expect(await emailsTo(second.email)).toEqual(["access-ending in 7 days", "access-ending within 24 hours"]);
    expect(await emailsTo(owner.email)).toEqual(["access-ending-list 2 administrators", "access-ending-list 1 administrator"]);
    expect((await eventsOf(owner, second)).map(({ message }) => message)).toEqual([
      expect.stringMatching(/Reminded .* that the access ends within 24 hours/),
      expect.stringMatching(/Reminded .* that the access ends in 7 days/),
    ]);
  });

  test("after an outage one email, for the nearer of two that are due", async () => {
    const owner = await newSuperUser();
    const member = await newMember(owner.org, "observer");
    await endAccess(member, 0.5);
    await runJob();
    await runJob();
    expect(await emailsTo(member.email)).toEqual(["access-ending within 24 hours"]);
  });

  test("an end date that was moved away is not announced, and a new one is", async () => {
    const owner = await newSuperUser();
    const member = await newMember(owner.org, "observer");
    await endAccess(member, 6);
    await endAccess(member, 60);
    await runJob();
    expect(await emailsTo(member.email)).toEqual([]);
    await endAccess(member, 5);
    await runJob();
    await endAccess(member, 6);
    await runJob();
    expect(await emailsTo(member.email)).toEqual(["access-ending in 5 days", "access-ending in 6 days"]);
  });

  test("which are due, and in which words", () => {
    expect([8, 7, 2, 1, 0.1].map((left) => dueReminders(left))).toEqual([[], [7], [7], [7, 1], [7, 1]]);
    expect([6.9, 1.2, 1, 0.2].map(daysLeftText)).toEqual(["in 7 days", "in 2 days", "within 24 hours", "within 24 hours"]);
  });
});
