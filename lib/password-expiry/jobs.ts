import "server-only";
import { and, eq, isNotNull, isNull, ne, sql } from "drizzle-orm";
import { NIL } from "uuid";
import * as z from "zod/mini";
import { enqueue } from "@/db/queue";
import { accounts, memberships, organizations, passwordReminders } from "@/db/schema";
import { withAuthScope, withWorkerScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import { naturalOrder } from "@/db/text-order";
import type { Tx } from "@/db/tx";
import { systemAgent } from "@/lib/accounts/internal";
import { hasCurrentAccess } from "@/lib/administrators/queries";
import { brand } from "@/lib/brand";
import { env, passwordLifetimes } from "@/lib/env";
import { noRequest, recordAccountEvent } from "@/lib/kernel/account-events";
import { type Job, job } from "@/lib/kernel/job";
import { enqueueEmail } from "@/lib/kernel/email-outbox";
import { passwordAgeById } from "@/lib/password-expiry/queries";
import { expiryReason, expiryDates, formatDays, isGraceExceeded, expiryPeriod, type ReminderDay, dueReminders } from "@/lib/password-expiry/rules";
import { revokeSessions } from "@/lib/sessions/internal";
import { accountNameColumns } from "@/lib/accounts/queries";

const batchSize = 200;

/** Sends due reminders and suspends accounts for one batch; a full batch first enqueues the next one. */
export async function enforcePasswordExpiry(after: string, enqueueNext: (last: string) => Promise<void>): Promise<void> {
  const { customer, partner, public: publicGroup } = passwordLifetimes();
  const batch = await withWorkerScope((tx) =>
    tx.execute<{ id: string }>(
      sql`select id from accounts_with_old_passwords(${after}, ${batchSize}, ${customer}, ${partner}, ${publicGroup}) id`,
    ),
  );
  const last = batch[batchSize - 1];
  if (last) await enqueueNext(last.id);
  const errors: unknown[] = [];
  for (const { id } of batch) await processAccount(id).catch((error: unknown) => errors.push(error));
  const [cause] = errors;
  if (cause) throw new Error(`${errors.length} ${errors.length === 1 ? "account" : "accounts"} could not be processed`, { cause });
}

// One job per batch; a failing account is retried after an hour and does not block the others.
const remind = job({
  name: "password.remind",
  cron: "41 * * * *",
  input: z.object({ after: z._default(z.guid(), NIL) }),
  run: ({ after }) => enforcePasswordExpiry(after, (last) => withWorkerScope((tx) => enqueue(tx, "password.remind", { after: last }))),
});

type ExpiringAccount = NonNullable<Awaited<ReturnType<typeof lockExpiringAccount>>>;

/** Locks the account and reads the age of its password; null when it is suspended or its password does not expire. */
async function lockExpiringAccount(tx: Tx, accountId: string) {
  const own = and(eq(accounts.id, accountId), isNull(accounts.suspendedAt), isNotNull(accounts.passwordChangedAt));
  const columns = { ...accountNameColumns, userGroup: accounts.userGroup };
  const [person] = await tx.select(columns).from(accounts).where(own).for("no key update");
  const age = person && (await passwordAgeById(tx, accountId));
  if (!age) return null;
  const ownMemberships = await tx
    .select({
      orgId: organizations.id,
      orgName: organizations.name,
      role: memberships.role,
      passwordExpiryDays: organizations.passwordExpiryDays,
      partner: sql<boolean>`${organizations.partnerEnabledAt} is not null`,
    })
    .from(memberships)
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .orderBy(naturalOrder(organizations.name), organizations.id);
  const periods = passwordLifetimes();
  const reason = expiryReason(person, ownMemberships, periods, brand().operator);
  const period = expiryPeriod(person, ownMemberships, periods);
  return reason && period !== null ? { person, age, ownMemberships, reason, period } : null;
}

async function processAccount(accountId: string) {
  const overdue = await withAuthScope({ accountId }, async (tx) => {
    const account = await lockExpiringAccount(tx, accountId);
    if (!account) return null;
    if (isGraceExceeded(account.age, account.period, env().PASSWORD_GRACE_DAYS)) return account;
    await sendReminder(tx, account);
    return null;
  });
  if (!overdue) return;
  const orphanedOrgs = await orgsWithoutOtherSuperUser(overdue);
  await withAuthScope({ accountId }, async (tx) => {
    const account = await lockExpiringAccount(tx, accountId);
    if (account && isGraceExceeded(account.age, account.period, env().PASSWORD_GRACE_DAYS)) await suspend(tx, account, orphanedOrgs);
  });
}

/** Sends one email, for the most urgent reminder not yet sent, and marks all due reminders as sent. */
async function sendReminder(tx: Tx, { person, age, reason, period }: ExpiringAccount) {
  const due = dueReminders(age.ageDays, period);
  const urgent = due.at(-1);
  if (urgent === undefined) return;
  const changedAt = sql`(select password_changed_at from accounts where id = ${person.id})`;
  const inserted = await tx
    .insert(passwordReminders)
    .values(due.map((daysBefore) => ({ accountId: person.id, passwordChangedAt: changedAt, daysBefore })))
    .onConflictDoNothing()
    .returning({ daysBefore: passwordReminders.daysBefore });
  if (!inserted.some(({ daysBefore }) => daysBefore === urgent)) return;
  const { endsAt, suspendedAt } = expiryDates(age, period, env().PASSWORD_GRACE_DAYS, age.now);
  const { url } = brand();
  const props = {
    ...reason,
    ends: expiryText(urgent, period - age.ageDays),
    endsAt,
    suspendedAt,
    link: `${url}/account?section=authentication`,
    recoverLink: `${url}/recover`,
  };
  await enqueueEmail(tx, { template: "password-expiring", to: person.email, props });
  await recordAccountEvent(tx, person, noRequest, "password.expiring", { performedBy: systemAgent(), note: `(${props.ends})` });
}

const expiryText = (stage: ReminderDay, left: number) => (stage === 0 ? "has expired" : `expires in ${formatDays(Math.max(1, Math.ceil(left)))}`);

/** The organizations in which this account is the only active Super User; runs outside the account's transaction. */
async function orgsWithoutOtherSuperUser({ person, ownMemberships }: ExpiringAccount): Promise<string[]> {
  const orphanedOrgs: string[] = [];
  for (const { orgId } of ownMemberships.filter(({ role }) => role === "super_user")) {
    const others = await withTenant({ orgId, sites: "all" }, (tx) => otherSuperUsers(tx, person.id), "read only");
    if (others.length === 0) orphanedOrgs.push(orgId);
  }
  return orphanedOrgs;
}

const otherSuperUsers = (tx: Tx, accountId: string) =>
  tx
    .select({ id: accounts.id })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(eq(memberships.role, "super_user"), ne(accounts.id, accountId), isNull(accounts.suspendedAt), hasCurrentAccess))
    .limit(1);

async function suspend(tx: Tx, { person, reason, age, period }: ExpiringAccount, orphanedOrgs: readonly string[]) {
  const change = { suspendedAt: sql`now()`, suspensionReason: "password" as const, version: sql`${accounts.version} + 1` };
  await tx.update(accounts).set(change).where(eq(accounts.id, person.id));
  await revokeSessions(tx, person.id, "account suspended");
  const { endsAt } = expiryDates(age, period, env().PASSWORD_GRACE_DAYS, age.now);
  const reasonNote = `(its password expired ${formatDays(Math.floor(age.ageDays - period))} ago)`;
  const noteIn = (orgId: string) => (orphanedOrgs.includes(orgId) ? `${reasonNote}, the last Super User of this organization` : reasonNote);
  await recordAccountEvent(tx, person, noRequest, "account.suspended", { performedBy: systemAgent(), note: reasonNote, noteForOrg: noteIn });
  await enqueueEmail(tx, { template: "account-suspended", to: person.email, props: { ...reason, endsAt } });
}

export const jobs: readonly Job[] = [remind];
