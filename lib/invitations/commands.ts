import "server-only";
import { eq, sql } from "drizzle-orm";
import { memberships } from "@/db/schema";
import { lockAdministrators, setMembershipScope, voidInvitationTokens, withNamedPlaces } from "@/lib/administrators/internal";
import { administratorById, accessScopes, selectedAdministrators } from "@/lib/administrators/queries";
import { auditSubject, canGrant, auditValues, exceedsOwnAccessError } from "@/lib/administrators/rules";
import { CancelInvitation, InviteAdministrator, ResendInvitation, SelectAdministrators } from "@/lib/administrators/schema";
import { hoursFromNow, resend, sendInvitationEmail } from "@/lib/invitations/internal";
import { isPendingInvitation, lockInvitation } from "@/lib/invitations/queries";
import { bulk } from "@/lib/kernel/bulk";
import { command } from "@/lib/kernel/command";
import { expectOne } from "@/lib/kernel/expect-one";
import { AppError } from "@/lib/shared/app-error";

/** Creates an invitation and emails its link. */
export const inviteAdministrator = command({
  permission: "administrator.invite",
  input: InviteAdministrator,
  async run({ tx, actor, record }, { hours, ...requested }) {
    const organization = await lockAdministrators(tx, actor, "administrator.invite");
    if (!canGrant(actor, "administrator.invite", requested)) throw exceedsOwnAccessError();
    const { groups, sites, ...input } = await withNamedPlaces(tx, requested);
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
  async run(scope, { administratorId }) {
    const organization = await lockAdministrators(scope.tx, scope.actor, "administrator.invite");
    return resend(scope, organization, administratorId);
  },
});

/** Renews every selected invitation and sends the email of its current step; each has its own result. */
export const resendSelected = command({
  permission: "administrator.invite",
  input: SelectAdministrators,
  async run(scope, selection) {
    const { tx, actor } = scope;
    const organization = await lockAdministrators(tx, actor, "administrator.invite");
    return bulk(scope, selection, await selectedAdministrators(tx, selection), {
      permission: "administrator.invite",
      each: async (inner, { id }) => {
        await resend({ ...scope, tx: inner }, organization, id);
        return "invitation sent again";
      },
    });
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
    if (deleted.length === 0) throw new AppError("conflict", "This invitation has been accepted in the meantime. Revoke the access instead");
    await record("invitation.cancelled", { subject: auditSubject(before), before: auditValues({ ...before, ...scopes }) });
    return before;
  },
});
