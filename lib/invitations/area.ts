import { defineArea } from "../shared/define-area.ts";

export const invitations = defineArea({
  name: "invitations",
  events: {
    "administrator.invited": "Invited administrator {subject}",
    "administrator.reinvited": "Resent invitation to {subject}",
    "invitation.cancelled": "Cancelled invitation to {subject}",
    "invitation.undeliverable": "Invitation email to {subject} was refused",
  },
  flashMessages: {
    "administrator-invited": "Invitation sent",
    "invitation-resent": "Invitation sent again. Older links no longer work",
    "invitation-cancelled": "Invitation cancelled",
  },
  overviewCards: {
    "pending-invitations": { label: "Pending invitations", path: "administrators?status=invited&status=accepted", permission: "administrator.read" },
    "expired-invitations": { label: "Expired invitations", path: "administrators?status=expired", permission: "administrator.read", needsAttention: true },
    "undelivered-invitations": { label: "Undelivered invitations", path: "administrators?status=undeliverable", permission: "administrator.read", needsAttention: true },
  },
  firstSteps: {
    "invite-colleague": {
      label: "Invite a colleague",
      description: "Choose their role and the sites they have access to.",
      path: "administrators/invite",
      permission: "administrator.invite",
      position: 2,
    },
  },
  commands: [{ label: "Invite Several Administrators", path: "administrators/invite/several", permission: "administrator.invite" }],
  pages: {
    "administrators/invite": { permission: "administrator.invite" },
    "administrators/invite/several": { permission: "administrator.invite" },
  },
  actions: {
    inviteAdministratorAction: {
      permission: "administrator.invite",
      page: "administrators/invite",
      button: "Invite",
      fields: { email: "{word}@example.test", firstName: "Gert", lastName: "Ridder", role: "observer", scope: "all" },
      effect: "added",
    },
    inviteSeveralAction: {
      permission: "administrator.invite",
      page: "administrators/invite/several",
      button: "Preview",
      fields: { people: "{word}@example.test", role: "observer", scope: "all" },
      confirmedBy: "Invite 1 person",
      effect: "added",
      showsResults: true,
    },
    resendInvitationAction: {
      permission: "administrator.invite",
      page: "administrators/[invitation]?dialog=resend",
      button: "Resend Invitation",
      target: "invitation",
      effect: "none",
    },
    resendSelectedAction: {
      permission: "administrator.invite",
      page: "administrators?dialog=resend&ids=[invitation]",
      button: "Resend Invitation",
      target: "invitation",
      effect: "none",
      showsResults: true,
    },
    cancelInvitationAction: {
      permission: "administrator.invite",
      page: "administrators/[invitation]?dialog=cancel",
      button: "Cancel Invitation",
      target: "invitation",
      effect: "deleted",
    },
  },
  demoTargets: {
    invitation: { list: "administrators", createdBy: "inviteAdministratorAction", deletedBy: "cancelInvitationAction" },
  },
  screenshots: [
    { name: "administrator-invited", path: "/orgs/[org]/administrators/[invited]" },
    { name: "administrator-resend", path: "/orgs/[org]/administrators/[invited]?dialog=resend", viewportOnly: true },
    { name: "administrator-cancel", path: "/orgs/[org]/administrators/[invited]?dialog=cancel", viewportOnly: true },
    { name: "administrator-invite", path: "/orgs/[org]/administrators/invite" },
    { name: "administrator-invite-several", path: "/orgs/[org]/administrators/invite/several" },
    { name: "administrator-invite-error", path: "/orgs/[org]/administrators/invite", press: "Invite" },
  ],
});
