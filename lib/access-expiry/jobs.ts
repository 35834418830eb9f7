import "server-only";
import { and, eq, gt, isNull, lte, sql } from "drizzle-orm";
import { NIL } from "uuid";
import * as z from "zod/mini";
import { withWorkerScope } from "@/db/auth-access";
import { enqueue } from "@/db/queue";
import { accessEndReminders, accounts, memberships, organizations } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { daysLeftText, dueReminders, reminderDays } from "@/lib/access-expiry/rules";
import { systemAgent } from "@/lib/accounts/internal";
import { deleteMembership } from "@/lib/administrators/internal";
import { accessScopes, administratorById, hasCurrentAccess } from "@/lib/administrators/queries";
import { accessEndMoment, auditSubject, auditValues } from "@/lib/administrators/rules";
import { brand } from "@/lib/brand";
import { agentActor, noRequest } from "@/lib/kernel/account-events";
import { writeAuditEntry } from "@/lib/kernel/audit";
import { enqueueEmail } from "@/lib/kernel/email-outbox";
import { type Job, job } from "@/lib/kernel/job";
import { countText } from "@/lib/shared/count-text";
import { fullName } from "@/lib/shared/person-name";

const batchSize = 200;
const mostListed = 5;
const listFormat = new Intl.ListFormat("en-GB");

type Org = { id: string; name: string };

/** Ends access whose end date has passed and sends due reminders, for one batch of organizations; a full batch first enqueues the next one. */
export async function enforceAccessExpiry(after: string, enqueueNext: (last: string) => Promise<void>): Promise<void> {
  const [earliest] = reminderDays;
  const batch = await withWorkerScope((tx) => tx.execute<{ id: string }>(sql`select id from orgs_with_ending_access(${after}, ${batchSize}, ${earliest}) id`));
  const last = batch[batchSize - 1];
  if (last) await enqueueNext(last.id);
  const errors: unknown[] = [];
  for (const { id } of batch) await withWorkerScope((tx) => processOrg(tx, id), id).catch((error: unknown) => errors.push(error));
  const [cause] = errors;
  if (cause) throw new Error(`${countText(errors.length, "organization")} could not be processed`, { cause });
}

// Every request looks at the end date itself; the job only removes what has ended. A failing organization is retried by the next run.
const expire = job({
  name: "access.expire",
  cron: "*/5 * * * *",
  input: z.object({ after: z._default(z.guid(), NIL) }),
  run: ({ after }) => enforceAccessExpiry(after, (last) => withWorkerScope((tx) => enqueue(tx, "access.expire", { after: last }))),
});

/** Under the lock of the organization's administrators, so that two runs do nothing twice and no end date moves meanwhile. */
async function processOrg(tx: Tx, orgId: string) {
  const [org] = await tx.select({ id: organizations.id, name: organizations.name }).from(organizations).where(eq(organizations.id, orgId)).for("no key update");
  if (!org) return;
  await endExpiredMemberships(tx, org);
  await sendReminders(tx, org);
}

const systemActor = ({ id }: Org) => ({ ...agentActor(systemAgent()), orgId: id, origin: noRequest });

async function endExpiredMemberships(tx: Tx, org: Org) {
  const ended = await tx
    .select({ id: memberships.id, accountId: accounts.id })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(lte(memberships.accessEndsAt, sql`now()`))
    .orderBy(memberships.id)
    .for("update", { of: memberships });
  for (const membership of ended) {
    const before = await administratorById(tx, membership.id);
    const values = auditValues({ ...before, ...(await accessScopes(tx, membership.id)) });
    await deleteMembership(tx, membership);
    await writeAuditEntry(tx, systemActor(org), "administrator.expired", { subject: auditSubject(before), before: values });
    await enqueueEmail(tx, { template: "access-ended", to: before.email, props: { organization: org.name, endedAt: before.accessEndsAt ?? new Date() } });
  }
}

type EndingMember = Awaited<ReturnType<typeof endingMembers>>[number];

const endingMembers = (tx: Tx) =>
  tx
    .select({
      id: memberships.id,
      accountId: accounts.id,
      email: accounts.email,
      firstName: accounts.firstName,
      lastName: accounts.lastName,
      endsAt: memberships.accessEndsAt,
      daysLeft: sql<number>`extract(epoch from ${memberships.accessEndsAt} - now())::float8 / 86400`,
    })
    .from(memberships)
    .innerJoin(accounts, and(eq(accounts.id, memberships.accountId), isNull(accounts.suspendedAt)))
    .where(and(gt(memberships.accessEndsAt, sql`now()`), lte(memberships.accessEndsAt, sql`now() + make_interval(days => ${reminderDays[0]})`)))
    .orderBy(memberships.accessEndsAt, memberships.id)
    .for("key share", { of: memberships });

/** Mails each member whose access ends soon, and the Super Users one list of them; every reminder of an end date is sent once. */
async function sendReminders(tx: Tx, org: Org) {
  const reminded: EndingMember[] = [];
  for (const member of await endingMembers(tx)) if (await claimReminder(tx, member)) reminded.push(member);
  if (reminded.length === 0) return;
  for (const member of reminded) {
    const { id, email, endsAt, daysLeft } = member;
    const left = daysLeftText(daysLeft);
    await enqueueEmail(tx, { template: "access-ending", to: email, props: { organization: org.name, left, endsAt: endsAt ?? new Date() } });
    await writeAuditEntry(tx, systemActor(org), "administrator.expiring", { subject: auditSubject({ id, name: fullName(member) || email, email }), note: left });
  }
  await mailSuperUsers(tx, org, reminded);
}

/** Marks all due reminders of an end date as sent; true when the most urgent one was not. */
async function claimReminder(tx: Tx, { id: membershipId, endsAt, daysLeft }: EndingMember): Promise<boolean> {
  const due = dueReminders(daysLeft);
  if (!endsAt || due.length === 0) return false;
  const inserted = await tx
    .insert(accessEndReminders)
    .values(due.map((daysBefore) => ({ membershipId, accessEndsAt: endsAt, daysBefore })))
    .onConflictDoNothing()
    .returning({ daysBefore: accessEndReminders.daysBefore });
  return inserted.some(({ daysBefore }) => daysBefore === due.at(-1));
}

function namedWithEnd(members: readonly EndingMember[]): string {
  const named = members.slice(0, mostListed).map((member) => `${fullName(member) || member.email} (${accessEndMoment(member.endsAt)})`);
  return listFormat.format(members.length > mostListed ? [...named, `${members.length - mostListed} more`] : named);
}

async function mailSuperUsers(tx: Tx, { id, name }: Org, reminded: readonly EndingMember[]) {
  const superUsers = await tx
    .select({ accountId: accounts.id, email: accounts.email })
    .from(memberships)
    .innerJoin(accounts, and(eq(accounts.id, memberships.accountId), isNull(accounts.suspendedAt)))
    .where(and(eq(memberships.role, "super_user"), hasCurrentAccess));
  const link = `${brand().url}/orgs/${id}/administrators?accessEnd=soon`;
  for (const { accountId, email } of superUsers) {
    const others = reminded.filter((member) => member.accountId !== accountId);
    if (others.length === 0) continue;
    const props = { organization: name, count: countText(others.length, "administrator"), people: namedWithEnd(others), link };
    await enqueueEmail(tx, { template: "access-ending-list", to: email, props });
  }
}

export const jobs: readonly Job[] = [expire];
