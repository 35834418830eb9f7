import { defineArea } from "../shared/define-area.ts";

const crud = "select, insert, update, delete";

export const administrators = defineArea({
  name: "administrators",
  permissions: {
    "administrator.read": { allows: "see administrators", roles: ["super_user", "network_admin", "super_observer"] },
    "administrator.invite": { allows: "invite administrators", roles: ["super_user"] },
    "administrator.update": { allows: "change administrators", roles: ["super_user"] },
    "administrator.revoke": { allows: "revoke access", roles: ["super_user"] },
  },
  events: {
    "administrator.updated": "Changed {fields} of {subject}",
    "administrator.revoked": "Revoked access of {subject}",
    "administrator.exported": "Exported {subject}",
    "administrator.signed_out": "Ended sessions of {subject}",
    "administrator.reset_started": "Started password reset of {subject}",
  },
  constraints: {
    membership_scopes_group_same_org: { field: "groups", message: "One of these groups no longer exists" },
    membership_scopes_membership_same_org: { message: "Administrator not found", code: "not_found" },
    membership_scopes_site_same_org: { field: "sites", message: "One of these sites no longer exists" },
    memberships_account_key: { field: "email", message: "This person already has access" },
    memberships_email_key: { field: "email", message: "This address already has access or an invitation" },
  },
  silentConstraints: {
    membership_scopes_key: "replaced as a whole under the membership's lock, from distinct ids",
  },
  flashMessages: {
    "administrator-saved": "Administrator saved",
    "access-revoked": "Access revoked",
    "sessions-ended": "Sessions ended",
    "reset-sent": "Password reset link sent",
  },
  commands: [
    { label: "Invite Administrator", path: "administrators/invite", permission: "administrator.invite" },
    { label: "Roles", path: "administrators/roles", permission: "administrator.read" },
  ],
  menu: { label: "Administrators", path: "administrators", icon: "users", permission: "administrator.read", covers: ["access-review"] },
  overviewCards: {
    administrators: { label: "Administrators", path: "administrators", permission: "administrator.read" },
    "access-ending": { label: "Access ends within 30 days", path: "administrators?accessEnd=soon", permission: "administrator.read", needsAttention: true },
    "without-two-factor": { label: "Without 2FA", path: "administrators?twoFactor=off", permission: "administrator.read", needsAttention: true },
  },
  tables: {
    memberships: {
      app: crud,
      worker: "select, delete, update (email_failed_at, updated_at)",
      auth: "select, delete, update (account_id, email, last_seen_at, accepted_at, expires_at, first_name, last_name, phone, version, updated_at)",
    },
    membership_scopes: { app: crud, worker: "select", auth: "select" },
  },
  organizationRows: {
    memberships: [{ one: "administrator", having: "accountId" }, { one: "pending invitation", lacking: "accountId" }],
    membership_scopes: "a part of the administrators",
  },
  pages: {
    administrators: { permission: "administrator.read" },
    "administrators/roles": { permission: "administrator.read" },
    "administrators/[administratorId]": { permission: "administrator.read", path: "administrators/[member]" },
  },
  downloads: { "administrators/download": { permission: "administrator.read" } },
  actions: {
    revokeSelectedAction: {
      permission: "administrator.revoke",
      page: "administrators?dialog=revoke&ids=[member]",
      button: "Revoke Access",
      target: "member",
      effect: "deleted",
      showsResults: true,
    },
    changeRoleOfSelectedAction: {
      permission: "administrator.update",
      page: "administrators?dialog=role&ids=[invitation]",
      button: "Change Role",
      fields: { role: "helpdesk" },
      target: "invitation",
      effect: "changed",
      showsResults: true,
    },
    updateAdministratorAction: {
      permission: "administrator.update",
      page: "administrators/[invitation]",
      button: "Save",
      fields: { role: "helpdesk", scope: "all" },
      target: "invitation",
      effect: "changed",
    },
    endMemberSessionsAction: {
      permission: "administrator.update",
      page: "administrators/[member]?dialog=sessions",
      button: "End Sessions",
      target: "member",
      effect: "none",
    },
    startResetAction: {
      permission: "administrator.update",
      page: "administrators/[member]?dialog=reset",
      button: "Send Password Reset",
      target: "member",
      effect: "none",
    },
    revokeAccessAction: {
      permission: "administrator.revoke",
      page: "administrators/[member]?dialog=revoke",
      button: "Revoke Access",
      target: "member",
      effect: "deleted",
    },
  },
  demoTargets: { member: { list: "administrators", deletedBy: "revokeAccessAction" } },
  screenshots: [
    { name: "administrators", path: "/orgs/[org]/administrators" },
    { name: "administrators-empty", path: "/orgs/[org]/administrators?search=nobody" },
    { name: "administrators-filter", path: "/orgs/[org]/administrators", open: "Role", viewportOnly: true },
    { name: "administrator-roles", path: "/orgs/[org]/administrators/roles" },
    { name: "administrator", path: "/orgs/[org]/administrators/[administrator]" },
    { name: "administrator-revoke", path: "/orgs/[org]/administrators/[administrator]?dialog=revoke", viewportOnly: true },
    { name: "administrator-more", path: "/orgs/[org]/administrators/[administrator]", open: "More", viewportOnly: true },
    { name: "administrator-sessions", path: "/orgs/[org]/administrators/[administrator]?dialog=sessions", viewportOnly: true },
    { name: "administrator-reset", path: "/orgs/[org]/administrators/[administrator]?dialog=reset", viewportOnly: true },
  ],
});
