import "server-only";
import { and, eq, not, type SQL, sql } from "drizzle-orm";
import { emailOutbox, emailTokens, memberships } from "@/db/schema";
import type { Tx } from "@/db/tx";
import type { Actor } from "@/lib/access/actor";
import { systemAgent } from "@/lib/accounts/internal";
import { databaseTime, setMembershipScope, voidInvitationTokens, withNamedPlaces } from "@/lib/administrators/internal";
import { accessScopes, type Administrator, administratorById } from "@/lib/administrators/queries";
import { accessEndMoment, accessSummary, auditSubject, chosenAccessEnd, auditValues, canGrant, exceedsOwnAccessError } from "@/lib/administrators/rules";
import { brand } from "@/lib/brand";
import { env } from "@/lib/env";
import { type InvitationPurpose, isPendingInvitation, lockInvitation } from "@/lib/invitations/queries";
import { alreadyAcceptedError } from "@/lib/invitations/rules";
import { agentActor, noRequest } from "@/lib/kernel/account-events";
import { writeAuditEntry } from "@/lib/kernel/audit";
import type { OperationContext } from "@/lib/kernel/operation-context";
import { enqueueEmail } from "@/lib/kernel/email-outbox";
import { expectOne } from "@/lib/kernel/expect-one";
import { hashSecret, generateSecret } from "@/lib/kernel/secrets";
import { consumeLimit } from "@/lib/kernel/rate-limits";
import { AppError } from "@/lib/shared/app-error";
import { fullName } from "@/lib/shared/person-name";
import { roles } from "@/lib/shared/roles";

const usualHours = 168;
const hoursFromNow = (hours: number) => sql`now() + make_interval(hours => ${hours})`;

type Scope = { tx: Tx; actor: Actor } & Pick<OperationContext, "record">;
type RequestedAccess = Parameters<typeof withNamedPlaces>[1] & Parameters<typeof chosenAccessEnd>[1];
type GrantableAccess = Awaited<ReturnType<typeof grantableAccess>>;
type Person = { email: string; firstName: string; lastName: string; phone: string; hours?: number };

// Staff are no members, so that no later change of a member's access ends what they sent.
const inviterId = ({ kind, id }: Actor) => (kind === "account" ? id : null);

/** The requested role and site access, if the actor may give it. */
export async function grantableAccess({ tx, actor }: Scope, requested: RequestedAccess) {
  if (!canGrant(actor, "administrator.invite", requested)) throw exceedsOwnAccessError();
  const { accessEndsOn, timeZone, accessEndsAt, ...access } = await withNamedPlaces(tx, requested);
  return { ...access, accessEndsAt: chosenAccessEnd(null, { accessEndsOn, timeZone, accessEndsAt }, await databaseTime(tx)) };
}

/** Creates an invitation and emails its link; call it under `lockAdministrators`. */
export async function invite({ tx, actor, record }: Scope, organization: string, person: Person, access: GrantableAccess): Promise<Administrator> {
  const { email, firstName, lastName, phone, hours = usualHours } = person;
  const { role, scope, accessEndsAt } = access;
  const invitation = { email, firstName, lastName, phone: phone || null, role, scope, accessEndsAt, invitedBy: inviterId(actor), invitedAt: sql`now()`, expiresAt: hoursFromNow(hours) };
  const { id } = await expectOne(tx.insert(memberships).values(invitation).returning({ id: memberships.id }));
  await setMembershipScope(tx, id, access);
  const invited = await administratorById(tx, id);
  await sendInvitationEmail(tx, actor, organization, invited);
  await record("administrator.invited", { subject: auditSubject(invited), after: auditValues({ ...invited, ...(await accessScopes(tx, id)) }) });
  return invited;
}

/** Renews an invitation and sends the email of its current step; call it under `lockAdministrators`. */
export async function resend({ tx, actor, record }: Scope, organization: string, administratorId: string): Promise<Administrator> {
  const before = await administratorById(tx, administratorId);
  if (!canGrant(actor, "administrator.invite", before)) throw exceedsOwnAccessError();
  if (!before.accountId && before.status === "ended") throw new AppError("conflict", "The access of this invitation has ended. Change its end date first");
  const changes = { invitedBy: inviterId(actor), expiresAt: hoursFromNow(usualHours), emailFailedAt: null, version: sql`${memberships.version} + 1` };
  const updated = await tx.update(memberships).set(changes).where(isPendingInvitation(administratorId)).returning({ id: memberships.id });
  if (updated.length === 0) throw alreadyAcceptedError();
  const invited = await administratorById(tx, administratorId);
  if (invited.status === "accepted") await resendCreateLoginEmail(tx, actor, organization, invited);
  else await sendInvitationEmail(tx, actor, organization, invited);
  await record("administrator.reinvited", { subject: auditSubject(invited) });
  return invited;
}

/** Deletes an invitation and voids its links; call it under `lockAdministrators`. */
export async function cancel({ tx, record }: Scope, administratorId: string): Promise<Administrator> {
  await lockInvitation(tx, administratorId);
  const before = await administratorById(tx, administratorId);
  const scopes = await accessScopes(tx, administratorId);
  await voidInvitationTokens(tx, eq(memberships.id, administratorId));
  const deleted = await tx.delete(memberships).where(isPendingInvitation(administratorId)).returning({ id: memberships.id });
  if (deleted.length === 0) throw new AppError("conflict", "This invitation has been accepted in the meantime. Revoke the access instead");
  await record("invitation.cancelled", { subject: auditSubject(before), before: auditValues({ ...before, ...scopes }) });
  return before;
}

/** Counts against the limits per recipient, sender and organization. */
async function consumeInvitationLimits(tx: Tx, { id, orgId }: Actor, email: string) {
  await consumeLimit(tx, "invite_mail", `${orgId} ${email}`);
  await consumeLimit(tx, "invite_mail_recipient", email);
  await consumeLimit(tx, "invite_mail_sender", id);
  await consumeLimit(tx, "invite_mail_organization", orgId);
}

/** Emails the link of an invitation and voids older ones. */
async function sendInvitationEmail(tx: Tx, actor: Actor, organization: string, invited: Administrator) {
  const { id, email, role } = invited;
  await consumeInvitationLimits(tx, actor, email);
  await voidInvitationTokens(tx, eq(memberships.id, id));
  const until = invited.expiresAt ?? hoursFromNow(usualHours);
  const { token, validUntil } = await createInvitationToken(tx, { purpose: "invite", orgId: actor.orgId, membershipId: id, email, until });
  const link = `${brand().url}/invite/${token}`;
  const props = { organization, inviter: actor.name, role: roles[role].label, access: accessSummary(invited), accessEnds: accessEndMoment(invited.accessEndsAt), link, validUntil };
  await enqueueEmail(tx, { template: "invitation", to: email, props, invitation: { orgId: actor.orgId, membershipId: id } });
}

async function resendCreateLoginEmail(tx: Tx, actor: Actor, organization: string, invited: Administrator) {
  await consumeInvitationLimits(tx, actor, invited.email);
  await voidInvitationTokens(tx, eq(memberships.id, invited.id));
  await sendCreateLoginEmail(tx, actor.orgId, organization, invited);
}

/** Emails the link to create a login after an invitation was accepted; returns its token, for the browser that accepted. */
export async function sendCreateLoginEmail(tx: Tx, orgId: string, organization: string, { id, email }: Pick<Administrator, "id" | "email">): Promise<string> {
  const until = hoursFromNow(env().LINK_HOURS);
  const { token, validUntil } = await createInvitationToken(tx, { purpose: "create_login", orgId, membershipId: id, email, until });
  const link = `${brand().url}/invite/${token}`;
  await enqueueEmail(tx, { template: "invitation-accepted", to: email, props: { organization, link, validUntil }, invitation: { orgId, membershipId: id } });
  return token;
}

type InvitationTokenInput = { purpose: InvitationPurpose; orgId: string; membershipId: string; email: string; until: Date | SQL };

async function createInvitationToken(tx: Tx, { purpose, orgId, membershipId, email, until }: InvitationTokenInput) {
  const token = generateSecret();
  const { validUntil } = await expectOne(
    tx
      .insert(emailTokens)
      .values({ purpose, email, membershipId, invitedOrgId: orgId, secretHash: hashSecret(token), expiresAt: until })
      .returning({ validUntil: emailTokens.expiresAt }),
  );
  return { token, validUntil };
}

type FailedEmail = { orgId: string; membershipId: string; emailId: string };

/** Marks and records a pending invitation whose email failed permanently, unless it was sent again since. */
export async function recordUndeliverableInvitation(tx: Tx, { orgId, membershipId, emailId }: FailedEmail) {
  const newer = sql`exists (select from ${emailOutbox} newer where newer.membership_id = ${membershipId}
    and (newer.created_at, newer.id) > (select failed.created_at, failed.id from ${emailOutbox} failed where failed.id = ${emailId}))`;
  const [invited] = await tx
    .update(memberships)
    .set({ emailFailedAt: sql`now()` })
    .where(and(isPendingInvitation(membershipId), not(newer)))
    .returning({ id: memberships.id, email: memberships.email, firstName: memberships.firstName, lastName: memberships.lastName });
  if (!invited) return;
  const actor = { ...agentActor(systemAgent()), orgId, origin: noRequest };
  await writeAuditEntry(tx, actor, "invitation.undeliverable", { subject: auditSubject({ ...invited, name: fullName(invited) || invited.email }) });
}
