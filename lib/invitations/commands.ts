import "server-only";
import { eq, type SQL, sql } from "drizzle-orm";
import { emailTokens, memberships } from "@/db/schema";
import type { Tx } from "@/db/tx";
import type { Actor } from "@/lib/access/actor";
import { lockAdministrators, setMembershipScope, voidInvitationTokens } from "@/lib/administrators/commands";
import { type Administrator, administratorById, accessScopes } from "@/lib/administrators/queries";
import { accessSummary, auditSubject, canGrant, auditValues, exceedsOwnAccessError } from "@/lib/administrators/rules";
import { CancelInvitation, InviteAdministrator, ResendInvitation } from "@/lib/administrators/schema";
import { brand } from "@/lib/brand";
import { env } from "@/lib/env";
import { type InvitationPurpose, isPendingInvitation, lockInvitation } from "@/lib/invitations/queries";
import { invitationError } from "@/lib/invitations/rules";
import { command } from "@/lib/kernel/command";
import { enqueueEmail } from "@/lib/kernel/email-outbox";
import { expectOne } from "@/lib/kernel/expect-one";
import { hashSecret, generateSecret } from "@/lib/kernel/secrets";
import { consumeLimit } from "@/lib/kernel/rate-limits";
import { roles } from "@/lib/shared/roles";
import { AppError } from "@/lib/shared/app-error";

const resendHours = 168;
const hoursFromNow = (hours: number) => sql`now() + make_interval(hours => ${hours})`;

/** Creates an invitation and emails its link. */
export const inviteAdministrator = command({
  permission: "administrator.invite",
  input: InviteAdministrator,
  async run({ tx, actor, record }, { hours, groups, sites, ...input }) {
    const organization = await lockAdministrators(tx, actor, "administrator.invite");
    if (!canGrant(actor, "administrator.invite", input)) throw exceedsOwnAccessError();
    const { id } = await expectOne(
      tx
        .insert(memberships)
        .values({ ...input, phone: input.phone || null, invitedBy: actor.id, invitedAt: sql`now()`, expiresAt: hoursFromNow(hours) })
        .returning({ id: memberships.id }),
    );
    await setMembershipScope(tx, id, { ...input, groups, sites });
    const invited = await administratorById(tx, id);
    await sendInvitationEmail(tx, actor, organization, invited);
    await record("administrator.invited", { subject: auditSubject(invited), after: auditValues({ ...invited, ...(await accessScopes(tx, id)) }) });
    return invited;
  },
});

/** Renews an invitation and sends the email of its current step; the actor becomes the inviter. */
export const resendInvitation = command({
  permission: "administrator.invite",
  input: ResendInvitation,
  async run({ tx, actor, record }, { administratorId }) {
    const organization = await lockAdministrators(tx, actor, "administrator.invite");
    const before = await administratorById(tx, administratorId);
    if (!canGrant(actor, "administrator.invite", before)) throw exceedsOwnAccessError();
    const changes = { invitedBy: actor.id, expiresAt: hoursFromNow(resendHours), version: sql`${memberships.version} + 1` };
    const updated = await tx.update(memberships).set(changes).where(isPendingInvitation(administratorId)).returning({ id: memberships.id });
    if (updated.length === 0) throw invitationError("joined");
    const invited = await administratorById(tx, administratorId);
    if (invited.status === "accepted") await resendCreateLoginEmail(tx, actor, organization, invited);
    else await sendInvitationEmail(tx, actor, organization, invited);
    await record("administrator.reinvited", { subject: auditSubject(invited) });
    return invited;
  },
});

/** Deletes an invitation and voids its links. */
export const cancelInvitation = command({
  permission: "administrator.invite",
  input: CancelInvitation,
  async run({ tx, actor, record }, { administratorId }) {
    await lockAdministrators(tx, actor, "administrator.invite");
    await lockInvitation(tx, administratorId);
    const before = await administratorById(tx, administratorId);
    const scopes = await accessScopes(tx, administratorId);
    await voidInvitationTokens(tx, eq(memberships.id, administratorId));
    const deleted = await tx.delete(memberships).where(isPendingInvitation(administratorId)).returning({ id: memberships.id });
    if (deleted.length === 0) throw new AppError("conflict", "This invitation has been taken up meanwhile. Revoke the access instead");
    await record("invitation.cancelled", { subject: auditSubject(before), before: auditValues({ ...before, ...scopes }) });
    return before;
  },
});

/** Counts against the limits per recipient, sender and organization. */
async function consumeInvitationLimits(tx: Tx, { id, orgId }: Actor, email: string) {
  await consumeLimit(tx, "invite_mail", `${orgId} ${email}`);
  await consumeLimit(tx, "invite_mail_recipient", email);
  await consumeLimit(tx, "invite_mail_sender", id);
  await consumeLimit(tx, "invite_mail_organization", orgId);
}

async function sendInvitationEmail(tx: Tx, actor: Actor, organization: string, invited: Administrator) {
  const { id, email, role } = invited;
  await consumeInvitationLimits(tx, actor, email);
  await voidInvitationTokens(tx, eq(memberships.id, id));
  const until = invited.expiresAt ?? hoursFromNow(resendHours);
  const { token, validUntil } = await createInvitationToken(tx, { purpose: "invite", orgId: actor.orgId, membershipId: id, email, until });
  const link = `${brand().url}/invite/${token}`;
  const props = { organization, inviter: actor.name, role: roles[role].label, access: accessSummary(invited), link, validUntil };
  await enqueueEmail(tx, { template: "invitation", to: email, props });
}

async function resendCreateLoginEmail(tx: Tx, actor: Actor, organization: string, invited: Administrator) {
  await consumeInvitationLimits(tx, actor, invited.email);
  await voidInvitationTokens(tx, eq(memberships.id, invited.id));
  await sendCreateLoginEmail(tx, actor.orgId, organization, invited);
}

/** Emails the link to create a login after an invitation was accepted. */
export async function sendCreateLoginEmail(tx: Tx, orgId: string, organization: string, { id, email }: Pick<Administrator, "id" | "email">) {
  const until = hoursFromNow(env().LINK_HOURS);
  const { token, validUntil } = await createInvitationToken(tx, { purpose: "create_login", orgId, membershipId: id, email, until });
  const link = `${brand().url}/invite/login/${token}`;
  await enqueueEmail(tx, { template: "invitation-accepted", to: email, props: { organization, link, validUntil } });
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
