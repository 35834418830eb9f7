"use server";

import {
  changeRoleOfSelected,
  endMemberSessions,
  revokeAccess,
  revokeSelected,
  startPasswordReset,
  updateAdministrator,
} from "@/lib/administrators/commands";
import { cancelInvitation, inviteAdministrator, inviteSeveral, resendInvitation, resendSelected } from "@/lib/invitations/commands";
import { previewInvitations } from "@/lib/administrators/queries";
import { maxInviteeListLength } from "@/lib/shared/invitee-limits";
import { action, bulkAction, previewedAction } from "@/lib/web/action";

const list = (orgId: string) => `/orgs/${orgId}/administrators`;

export const inviteAdministratorAction = action(inviteAdministrator, (orgId) => `${list(orgId)}?notice=administrator-invited`);
export const inviteSeveralAction = previewedAction(inviteSeveral, {
  preview: previewInvitations,
  after: (_orgId, outcome) => outcome,
  fileInto: { field: "people", maxLength: maxInviteeListLength },
});
export const resendInvitationAction = action(resendInvitation, (orgId, { id }) => `${list(orgId)}/${id}?notice=invitation-resent`);
export const cancelInvitationAction = action(cancelInvitation, (orgId) => `${list(orgId)}?notice=invitation-cancelled`);
export const updateAdministratorAction = action(updateAdministrator, (orgId, { id }) => `${list(orgId)}/${id}?notice=administrator-saved`);
export const revokeAccessAction = action(revokeAccess, (orgId) => `${list(orgId)}?notice=access-revoked`);
export const endMemberSessionsAction = action(endMemberSessions, (orgId, { id }) => `${list(orgId)}/${id}?notice=sessions-ended`);
export const startResetAction = action(startPasswordReset, (orgId, { id }) => `${list(orgId)}/${id}?notice=reset-sent`);
export const revokeSelectedAction = bulkAction(revokeSelected);
export const resendSelectedAction = bulkAction(resendSelected);
export const changeRoleOfSelectedAction = bulkAction(changeRoleOfSelected);
