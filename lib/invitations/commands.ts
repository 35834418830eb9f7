import "server-only";
import { lockAdministrators } from "@/lib/administrators/internal";
import { checkInvitees, selectedAdministrators } from "@/lib/administrators/queries";
import { CancelInvitation, InviteAdministrator, InviteSeveral, ResendInvitation, SelectAdministrators } from "@/lib/administrators/schema";
import { cancel, grantableAccess, invite, resend } from "@/lib/invitations/internal";
import { attemptEach, bulk } from "@/lib/kernel/bulk";
import { command } from "@/lib/kernel/command";
import { AppError } from "@/lib/shared/app-error";
import type { BulkOutcome } from "@/lib/shared/selection";

/** Creates an invitation and emails its link. */
export const inviteAdministrator = command({
  permission: "administrator.invite",
  input: InviteAdministrator,
  async run(scope, { email, firstName, lastName, phone, hours, ...requested }) {
    const organization = await lockAdministrators(scope.tx, scope.actor, "administrator.invite");
    const access = await grantableAccess(scope, requested);
    return invite(scope, organization, { email, firstName, lastName, phone, hours }, access);
  },
});

/** Invites everybody in a list with the same role and site access; each has its own result. */
export const inviteSeveral = command({
  permission: "administrator.invite",
  input: InviteSeveral,
  async run(scope, { people, ...requested }): Promise<BulkOutcome> {
    const organization = await lockAdministrators(scope.tx, scope.actor, "administrator.invite");
    const access = await grantableAccess(scope, requested);
    const items = await checkInvitees(scope.tx, people);
    // By address, so that two lists with the same people take the rate limits of their addresses in one order.
    const results = await attemptEach(scope, items.toSorted((one, other) => (one.invitee.email < other.invitee.email ? -1 : 1)), {
      permission: "administrator.invite",
      each: async (tx, { invitee, obstacle }) => {
        if (obstacle) throw new AppError("invalid", obstacle);
        await invite({ ...scope, tx }, organization, invitee, access);
        return "invited";
      },
    });
    return { results: items.flatMap(({ id }) => results.find((result) => result.id === id) ?? []) };
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
  async run(scope, { administratorId }) {
    await lockAdministrators(scope.tx, scope.actor, "administrator.invite");
    return cancel(scope, administratorId);
  },
});
