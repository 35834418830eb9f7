import "server-only";
import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { v7 } from "uuid";
import type * as z from "zod/mini";
import { accounts, mspAdministrators, msps, organizations, recoveryCodes, totpCredentials } from "@/db/schema";
import { withAuthScope, setAuthScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import type { Tx } from "@/db/tx";
import { sendSecurityNotice } from "@/lib/accounts/internal";
import type { Actor, RequestMetadata } from "@/lib/access/actor";
import { accountByEmail } from "@/lib/accounts/queries";
import { brand } from "@/lib/brand";
import { noRequest, recordAccountEvent, recordPrivateEvent, type SystemOrStaffActor } from "@/lib/kernel/account-events";
import { lockAccount } from "@/lib/kernel/lock-account";
import { enqueueEmail } from "@/lib/kernel/email-outbox";
import { createContext, type OperationContext } from "@/lib/kernel/operation-context";
import { RejectAfterCommit, unwrapOutput } from "@/lib/kernel/reject-after-commit";
import { parse } from "@/lib/kernel/parse";
import { expectOne } from "@/lib/kernel/expect-one";
import { revokeSessions } from "@/lib/sessions/internal";
import { supportActor, unknownOrganizationError } from "@/lib/staff/rules";
import { ChangeMspAdministrator, CreateMsp, EnterOrganization, ReinstateAccount, ResetTwoFactor, SetPartner, SetUserGroup } from "@/lib/staff/schema";
import { AppError } from "@/lib/shared/app-error";

type Person = NonNullable<Awaited<ReturnType<typeof accountByEmail>>>;

const unknownEmailError = (email: string) => new AppError("not_found", `There is no account with the address ${email}`);

/** A staff command on the account with the given email, in a transaction with access to that account only. */
function accountStaffCommand<S extends z.ZodMiniType<{ email: string }>, O>(schema: S, run: (tx: Tx, staff: SystemOrStaffActor, person: Person, input: z.output<S>) => Promise<O>) {
  return async (staff: SystemOrStaffActor, raw: unknown): Promise<O> => {
    const input = parse(schema, raw);
    return withAuthScope({ email: input.email }, async (tx) => {
      const person = await accountByEmail(tx, input.email);
      if (!person) throw unknownEmailError(input.email);
      await setAuthScope(tx, { accountId: person.id, email: person.email });
      if (!(await lockAccount(tx, person.id, "no key update"))) throw unknownEmailError(input.email);
      return run(tx, staff, person, input);
    });
  };
}

type OrgInput = z.ZodMiniType<{ organization: string }>;
type RunInOrg<S extends OrgInput, O> = (tx: Tx, record: OperationContext["record"], input: z.output<S>, actor: Actor) => Promise<O | RejectAfterCommit>;

/** A staff command on one organization, which must record what it did. */
function orgStaffCommand<S extends OrgInput, O>(schema: S, run: RunInOrg<S, O>) {
  return async (staff: SystemOrStaffActor, raw: unknown, origin: RequestMetadata = noRequest): Promise<O> => {
    const input = parse(schema, raw);
    const { organization: orgId } = input;
    const actor = supportActor(staff, orgId, origin);
    const output = await withTenant({ orgId, sites: "all" }, async (tx) => {
      const { record, close } = createContext(tx, actor);
      const result = await run(tx, record, input, actor);
      close();
      return result;
    });
    return unwrapOutput(output);
  };
}

/** Reinstates a suspended account with a new grace period, and notifies the owner. */
export const reinstateAccount = accountStaffCommand(ReinstateAccount, async (tx, staff, person) => {
  const change = { suspendedAt: null, suspensionReason: null, reinstatedAt: sql`now()`, version: sql`${accounts.version} + 1` };
  const [reinstated] = await tx
    .update(accounts)
    .set(change)
    .where(and(eq(accounts.id, person.id), isNotNull(accounts.suspendedAt)))
    .returning({ at: accounts.reinstatedAt });
  if (!reinstated?.at) throw new AppError("conflict", `The account ${person.email} isn’t suspended`);
  await recordAccountEvent(tx, person, noRequest, "account.reinstated", { performedBy: staff });
  const { url } = brand();
  const props = { at: reinstated.at, link: `${url}/sign-in`, recoverLink: `${url}/recover` };
  await enqueueEmail(tx, { template: "account-reinstated", to: person.email, props });
});

/** Removes the account's second factor, ends all its sessions and notifies the owner. */
export const resetTwoFactor = accountStaffCommand(ResetTwoFactor, async (tx, staff, person) => {
  const change = { twoFactorEnabledAt: null, version: sql`${accounts.version} + 1` };
  const reset = await tx
    .update(accounts)
    .set(change)
    .where(and(eq(accounts.id, person.id), isNotNull(accounts.twoFactorEnabledAt)))
    .returning({ id: accounts.id });
  if (reset.length === 0) throw new AppError("conflict", `The account ${person.email} has no second factor`);
  await tx.delete(totpCredentials).where(eq(totpCredentials.accountId, person.id));
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, person.id));
  await revokeSessions(tx, person.id, "two-factor authentication reset");
  await recordAccountEvent(tx, person, noRequest, "two_factor.disabled", { performedBy: staff });
  const what = `Two-factor authentication was disabled by the staff of ${brand().operator}`;
  await sendSecurityNotice(tx, person.email, what, noRequest);
});

/** Sets the account's user group, which determines password expiry and login terms. */
export const setUserGroup = accountStaffCommand(SetUserGroup, async (tx, staff, person, { group }) => {
  const isTarget = eq(accounts.id, person.id);
  const { userGroup } = await expectOne(tx.select({ userGroup: accounts.userGroup }).from(accounts).where(isTarget).for("no key update"));
  if (userGroup === group) throw new AppError("conflict", `The account ${person.email} is already in the group ${group}`);
  await tx.update(accounts).set({ userGroup: group, version: sql`${accounts.version} + 1` }).where(isTarget);
  await recordAccountEvent(tx, person, noRequest, "account.regrouped", { performedBy: staff, before: { userGroup }, after: { userGroup: group } });
  return { before: userGroup };
});

/** Marks or unmarks an organization as a partner; its members get login terms and the partner password expiry. */
export const setPartner = orgStaffCommand(SetPartner, async (tx, record, { organization: orgId, partner }) => {
  const on = partner === "on";
  const [updated] = await tx
    .update(organizations)
    .set({ partnerEnabledAt: on ? sql`now()` : null, version: sql`${organizations.version} + 1` })
    .where(and(eq(organizations.id, orgId), on ? isNull(organizations.partnerEnabledAt) : isNotNull(organizations.partnerEnabledAt)))
    .returning({ name: organizations.name });
  if (!updated) throw await partnerUnchangedError(tx, orgId, on);
  await record(on ? "organization.made_partner" : "organization.unmade_partner", { subject: { id: orgId, label: updated.name } });
  return updated;
});

/**
 * Begins a visit of support staff: records it with its reason in the audit log of the organization, and returns the actor
 * whose queries see what Support Access allows. While it is off the attempt is recorded and refused.
 */
export const enterOrganization = orgStaffCommand(EnterOrganization, async (tx, record, { organization: orgId, reason }, actor) => {
  const [found] = await tx.select({ name: organizations.name, supportAccess: organizations.supportAccess }).from(organizations).where(eq(organizations.id, orgId));
  if (!found) throw unknownOrganizationError(orgId);
  const { name, supportAccess } = found;
  await record(supportAccess ? "support.entered" : "support.refused", { subject: { id: orgId, label: name }, note: reason });
  return supportAccess ? actor : new RejectAfterCommit(new AppError("forbidden", `Support Access of ${name} is off`));
});

async function partnerUnchangedError(tx: Tx, orgId: string, isPartner: boolean): Promise<AppError> {
  const [organization] = await tx.select({ name: organizations.name }).from(organizations).where(eq(organizations.id, orgId));
  if (!organization) return unknownOrganizationError(orgId);
  return new AppError("conflict", `${organization.name} is ${isPartner ? "already a partner" : "not a partner"}`);
}

/** Creates a Managed Service Provider without administrators. */
export async function createMsp(staff: SystemOrStaffActor, raw: unknown): Promise<{ id: string; name: string }> {
  const msp = { id: v7(), ...parse(CreateMsp, raw) };
  await withAuthScope({ mspId: msp.id }, (tx) => tx.insert(msps).values({ ...msp, createdBy: staff.name }));
  return msp;
}

/** Makes an account an administrator of a Managed Service Provider, and tells its owner. */
export const addMspAdministrator = accountStaffCommand(ChangeMspAdministrator, async (tx, staff, { id: accountId, email }, { msp: mspId }) => {
  await setAuthScope(tx, { accountId, email, mspId });
  const { name } = await requireMsp(tx, mspId);
  await tx.insert(mspAdministrators).values({ mspId, accountId });
  await recordPrivateEvent(tx, accountId, "msp.administrator_added", name, staff);
  await sendSecurityNotice(tx, email, `You are now an administrator of the Managed Service Provider ${name}`, noRequest);
  return { name };
});

/** Removes an administrator of a Managed Service Provider; they can act for it no longer. */
export const removeMspAdministrator = accountStaffCommand(ChangeMspAdministrator, async (tx, staff, { id: accountId, email }, { msp: mspId }) => {
  await setAuthScope(tx, { accountId, email, mspId });
  const { name } = await requireMsp(tx, mspId);
  const isAdministrator = and(eq(mspAdministrators.mspId, mspId), eq(mspAdministrators.accountId, accountId));
  const removed = await tx.delete(mspAdministrators).where(isAdministrator).returning({ mspId: mspAdministrators.mspId });
  if (removed.length === 0) throw new AppError("conflict", `${email} isn’t an administrator of ${name}`);
  await recordPrivateEvent(tx, accountId, "msp.administrator_removed", name, staff);
  await sendSecurityNotice(tx, email, `You are no longer an administrator of the Managed Service Provider ${name}`, noRequest);
  return { name };
});

async function requireMsp(tx: Tx, mspId: string) {
  const [msp] = await tx.select({ name: msps.name }).from(msps).where(eq(msps.id, mspId));
  if (!msp) throw new AppError("not_found", `There is no Managed Service Provider with the id ${mspId}`);
  return msp;
}
