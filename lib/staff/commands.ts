import "server-only";
import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { v5 } from "uuid";
import type * as z from "zod/mini";
import { accounts, organizations, recoveryCodes, twoFactors } from "@/db/schema";
import { asVisitor, narrow } from "@/db/second-door";
import { withinScope } from "@/db/tenancy";
import type { Tx } from "@/db/tx";
import { tellOwner } from "@/lib/accounts/commands";
import { personByEmail } from "@/lib/accounts/queries";
import { brand } from "@/lib/brand";
import { writeEntry } from "@/lib/kernel/audit";
import { type Agent, recordEverywhere } from "@/lib/kernel/history";
import { post } from "@/lib/kernel/outbox";
import { parse } from "@/lib/kernel/parse";
import { only } from "@/lib/kernel/rows";
import { endSessions } from "@/lib/sessions/commands";
import { ReinstateAccount, ResetTwoFactor, SetPartner, SetUserGroup, StaffName } from "@/lib/staff/schema";
import { Fault } from "@/lib/vocabulary/fault";

const namespace = "b7a1a8a4-53f6-4c79-8f1a-5f0e6d2c9e33";
const nowhere = { address: null, browser: null, requestId: null };

/** Somebody of the operator's staff; one name is one person in every log. */
export function staffCalled(raw: unknown): Agent {
  const name = parse(StaffName, raw);
  return { kind: "staff", id: v5(name.toLowerCase(), namespace), name };
}

type Person = NonNullable<Awaited<ReturnType<typeof personByEmail>>>;

/** Something staff do to an account by its address, in one transaction that sees this account. */
function toAccount<S extends z.ZodMiniType<{ email: string }>, O>(schema: S, run: (tx: Tx, staff: Agent, person: Person, input: z.output<S>) => Promise<O>) {
  return async (staff: Agent, raw: unknown): Promise<O> => {
    const input = parse(schema, raw);
    return asVisitor({ email: input.email }, async (tx) => {
      const person = await personByEmail(tx, input.email);
      if (!person) throw new Fault("not_found", `There is no account with the address ${input.email}`);
      await narrow(tx, { accountId: person.id, email: person.email });
      return run(tx, staff, person, input);
    });
  };
}

/** Opens a suspended account again: its grace begins anew, and its owner is told (PWD-3). */
export const reinstateAccount = toAccount(ReinstateAccount, async (tx, staff, person) => {
  const change = { suspendedAt: null, suspendedFor: null, reinstatedAt: sql`now()`, version: sql`${accounts.version} + 1` };
  const [opened] = await tx
    .update(accounts)
    .set(change)
    .where(and(eq(accounts.id, person.id), isNotNull(accounts.suspendedAt)))
    .returning({ at: accounts.reinstatedAt });
  if (!opened?.at) throw new Fault("conflict", `The account ${person.email} is not suspended`);
  await recordEverywhere(tx, person, nowhere, "account.reinstated", { by: staff });
  const { url } = brand();
  const props = { at: opened.at, link: `${url}/sign-in`, recoverLink: `${url}/recover` };
  await post(tx, { template: "account-reinstated", to: person.email, props });
});

/** Takes the second factor off the account of somebody who lost both phone and recovery codes: everybody is signed out, its owner is told (MFA-8). */
export const resetTwoFactor = toAccount(ResetTwoFactor, async (tx, staff, person) => {
  const change = { twoFactorSince: null, version: sql`${accounts.version} + 1` };
  const reset = await tx
    .update(accounts)
    .set(change)
    .where(and(eq(accounts.id, person.id), isNotNull(accounts.twoFactorSince)))
    .returning({ id: accounts.id });
  if (reset.length === 0) throw new Fault("conflict", `The account ${person.email} has no second factor`);
  await tx.delete(twoFactors).where(eq(twoFactors.accountId, person.id));
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, person.id));
  await endSessions(tx, person.id, "two-factor authentication reset");
  await recordEverywhere(tx, person, nowhere, "two_factor.disabled", { by: staff });
  const what = `Two-factor authentication was disabled by the staff of ${brand().operator}`;
  await tellOwner(tx, person.email, what, nowhere);
});

/** Puts an account into a user group, which decides how long its password lasts and what it is shown (PWD-1). */
export const setUserGroup = toAccount(SetUserGroup, async (tx, staff, person, { group }) => {
  const one = eq(accounts.id, person.id);
  const { userGroup } = await only(tx.select({ userGroup: accounts.userGroup }).from(accounts).where(one).for("no key update"));
  if (userGroup === group) throw new Fault("conflict", `The account ${person.email} is in the group ${group} already`);
  await tx.update(accounts).set({ userGroup: group, version: sql`${accounts.version} + 1` }).where(one);
  await recordEverywhere(tx, person, nowhere, "account.regrouped", { by: staff, before: { userGroup }, after: { userGroup: group } });
  return { before: userGroup };
});

/** Counts an organization among the partners, or no longer: all its members are shown the notice, and change passwords as partners do (PWD-5). */
export async function setPartner(staff: Agent, raw: unknown): Promise<{ name: string }> {
  const { organization: orgId, partner } = parse(SetPartner, raw);
  const on = partner === "on";
  return withinScope({ orgId, sites: "all" }, async (tx) => {
    const one = eq(organizations.id, orgId);
    const [marked] = await tx
      .update(organizations)
      .set({ partnerSince: on ? sql`now()` : null, version: sql`${organizations.version} + 1` })
      .where(and(one, on ? isNull(organizations.partnerSince) : isNotNull(organizations.partnerSince)))
      .returning({ name: organizations.name });
    if (!marked) throw await unmarked(tx, orgId, on);
    const actor = { ...staff, email: null, orgId, membershipId: null, grants: [], origin: nowhere };
    const subject = { id: orgId, label: marked.name };
    await writeEntry(tx, actor, on ? "organization.made_partner" : "organization.unmade_partner", { subject });
    return marked;
  });
}

async function unmarked(tx: Tx, orgId: string, on: boolean): Promise<Fault> {
  const [known] = await tx.select({ name: organizations.name }).from(organizations).where(eq(organizations.id, orgId));
  if (!known) return new Fault("not_found", `There is no organization with the id ${orgId}`);
  return new Fault("conflict", `${known.name} is ${on ? "a partner already" : "no partner"}`);
}
