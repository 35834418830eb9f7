import "server-only";
import { and, eq, isNotNull, isNull, ne, sql } from "drizzle-orm";
import * as z from "zod/mini";
import { enqueue } from "@/db/queue";
import { accounts, memberships, organizations, passwordNotices } from "@/db/schema";
import { asVisitor, asWorker } from "@/db/second-door";
import { withinScope } from "@/db/tenancy";
import type { Tx } from "@/db/tx";
import { brand } from "@/lib/brand";
import { env, passwordPeriods } from "@/lib/env";
import { type Agent, recordEverywhere } from "@/lib/kernel/history";
import { type Job, job } from "@/lib/kernel/job";
import { post } from "@/lib/kernel/outbox";
import { clockOf } from "@/lib/password-ages/queries";
import { demandOf, endsOf, inDays, isForfeit, periodOf, type Stage, stagesDue } from "@/lib/password-ages/rules";
import { endSessions, personColumns } from "@/lib/sessions/commands";

const first = "00000000-0000-0000-0000-000000000000";
const atOnce = 200;
const nowhere = { address: null, browser: null, requestId: null };
const portal = (): Agent => ({ kind: "system", id: "6c1e2f0a-6a43-5c58-9d0e-2f6f6d0c7b11", name: brand().name });

/** Reminds and suspends the next accounts in order, once the last of them was handed on where there may be more. */
export async function tendPasswords(after: string, handOn: (last: string) => Promise<void>): Promise<void> {
  const { customer, partner, public: open } = passwordPeriods();
  const old = await asWorker((tx) =>
    tx.execute<{ id: string }>(
      sql`select id from accounts_with_old_passwords(${after}, ${atOnce}, ${customer}, ${partner}, ${open}) id`,
    ),
  );
  const last = old[atOnce - 1];
  if (last) await handOn(last.id);
  const faults: unknown[] = [];
  for (const { id } of old) await tend(id).catch((fault: unknown) => faults.push(fault));
  const [cause] = faults;
  if (cause) throw new Error(`${faults.length} ${faults.length === 1 ? "account" : "accounts"} could not be tended`, { cause });
}

// A part at a time, each a job of its own: what one account fails at is tried again in an hour, and holds up nobody else.
const remind = job({
  name: "password.remind",
  cron: "41 * * * *",
  input: z.object({ after: z._default(z.guid(), first) }),
  run: ({ after }) => tendPasswords(after, (last) => asWorker((tx) => enqueue(tx, "password.remind", { after: last }))),
});

type Held = NonNullable<Awaited<ReturnType<typeof held>>>;

/** The account with the age of its password, held until the transaction ends; null where none of it matters any more. */
async function held(tx: Tx, accountId: string) {
  const own = and(eq(accounts.id, accountId), isNull(accounts.suspendedAt), isNotNull(accounts.passwordChangedAt));
  const columns = { ...personColumns, userGroup: accounts.userGroup };
  const [person] = await tx.select(columns).from(accounts).where(own).for("no key update");
  const clock = person && (await clockOf(tx, accountId));
  if (!clock) return null;
  const joined = await tx
    .select({
      orgId: organizations.id,
      orgName: organizations.name,
      role: memberships.role,
      passwordExpiryDays: organizations.passwordExpiryDays,
      partner: sql<boolean>`${organizations.partnerSince} is not null`,
    })
    .from(memberships)
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .orderBy(organizations.name, organizations.id);
  const periods = passwordPeriods();
  const demand = demandOf(person, joined, periods, brand().operator);
  const period = periodOf(person, joined, periods);
  return demand && period !== null ? { person, clock, joined, demand, period } : null;
}

async function tend(accountId: string) {
  const forfeit = await asVisitor({ accountId }, async (tx) => {
    const found = await held(tx, accountId);
    if (!found) return null;
    if (isForfeit(found.clock, found.period, env().PASSWORD_GRACE_DAYS)) return found;
    await remindOnce(tx, found);
    return null;
  });
  if (!forfeit) return;
  const alone = await withoutOthers(forfeit);
  await asVisitor({ accountId }, async (tx) => {
    const found = await held(tx, accountId);
    if (found && isForfeit(found.clock, found.period, env().PASSWORD_GRACE_DAYS)) await suspend(tx, found, alone);
  });
}

/** One mail for all that is due and was not sent: the most urgent; its row and it exist together or not at all (PWD-2). */
async function remindOnce(tx: Tx, { person, clock, demand, period }: Held) {
  const due = stagesDue(clock.ageDays, period);
  const urgent = due.at(-1);
  if (urgent === undefined) return;
  const changedAt = sql`(select password_changed_at from accounts where id = ${person.id})`;
  const made = await tx
    .insert(passwordNotices)
    .values(due.map((stage) => ({ accountId: person.id, passwordChangedAt: changedAt, stage })))
    .onConflictDoNothing()
    .returning({ stage: passwordNotices.stage });
  if (!made.some(({ stage }) => stage === urgent)) return;
  const { endsAt, suspendedAt } = endsOf(clock, period, env().PASSWORD_GRACE_DAYS, clock.now);
  const { url } = brand();
  const props = {
    ...demand,
    ends: whenIn(urgent, period - clock.ageDays),
    endsAt,
    suspendedAt,
    link: `${url}/account?section=authentication`,
    recoverLink: `${url}/recover`,
  };
  await post(tx, { template: "password-expiring", to: person.email, props });
  await recordEverywhere(tx, person, nowhere, "password.expiring", { by: portal(), note: `(${props.ends})` });
}

const whenIn = (stage: Stage, left: number) => (stage === 0 ? "has ended" : `ends in ${inDays(Math.max(1, Math.ceil(left)))}`);

/** The organizations in which nobody else is a Super User who can sign in; asked outside of the account's transaction. */
async function withoutOthers({ person, joined }: Held): Promise<string[]> {
  const alone: string[] = [];
  for (const { orgId } of joined.filter(({ role }) => role === "super_user")) {
    const others = await withinScope({ orgId, sites: "all" }, (tx) => otherSuperUsers(tx, person.id), "read only");
    if (others.length === 0) alone.push(orgId);
  }
  return alone;
}

const otherSuperUsers = (tx: Tx, accountId: string) =>
  tx
    .select({ id: accounts.id })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(eq(memberships.role, "super_user"), ne(accounts.id, accountId), isNull(accounts.suspendedAt)))
    .limit(1);

async function suspend(tx: Tx, { person, demand, clock, period }: Held, alone: readonly string[]) {
  const change = { suspendedAt: sql`now()`, suspendedFor: "password" as const, version: sql`${accounts.version} + 1` };
  await tx.update(accounts).set(change).where(eq(accounts.id, person.id));
  await endSessions(tx, person.id, "account suspended");
  const { endsAt } = endsOf(clock, period, env().PASSWORD_GRACE_DAYS, clock.now);
  const why = `(its password ended ${inDays(Math.floor(clock.ageDays - period))} ago)`;
  const noteIn = (orgId: string) => (alone.includes(orgId) ? `${why}, the last Super User of this organization` : why);
  await recordEverywhere(tx, person, nowhere, "account.suspended", { by: portal(), note: why, noteIn });
  await post(tx, { template: "account-suspended", to: person.email, props: { ...demand, endsAt } });
}

export const jobs: readonly Job[] = [remind];
