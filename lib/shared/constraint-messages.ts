import type { AppErrorCode } from "./form-state";

/** What a violated constraint means to a person: a conflict unless another code says more, beside a field where there is one. */
export type ConstraintMessage = { message: string; field?: string; code?: AppErrorCode };

const siteGone = { message: "Site not found", code: "not_found" } as const;
const administratorGone = { message: "Administrator not found", code: "not_found" } as const;

/** By the name of the constraint. */
export const constraintMessages: Record<string, ConstraintMessage> = {
  accounts_email_key: { field: "email", message: "This address belongs to another account by now. Ask for another one" },
  identities_account_key: { message: "A Google account is linked already. Open My Account again" },
  identities_subject_key: { message: "This Google account is linked with another account" },
  membership_scopes_group_same_org: { field: "groups", message: "One of these groups is not there any more" },
  membership_scopes_membership_same_org: administratorGone,
  membership_scopes_site_same_org: { field: "sites", message: "One of these sites is not there any more" },
  memberships_account_key: { field: "email", message: "This person already has access" },
  memberships_email_key: { field: "email", message: "This address already has access or an invitation" },
  notification_subscriptions_membership_same_org: administratorGone,
  notification_subscriptions_site_same_org: siteGone,
  passkeys_credential_key: { field: "name", message: "This passkey is registered already" },
  site_group_members_group_same_org: { field: "groups", message: "One of these groups is not there any more" },
  site_group_members_site_same_org: siteGone,
  site_groups_name_key: { field: "name", message: "A site group with this name already exists" },
  sites_name_key: { field: "name", message: "A site with this name already exists" },
};

/** By the end of the name, for references that many tables have. */
const referenceMessages: Record<string, ConstraintMessage> = {
  _accounts_id_fk: { message: "There is no such account any more", code: "unauthenticated" },
  _organizations_id_fk: { message: "Organization not found", code: "not_found" },
  _sessions_id_fk: { message: "You are signed out. Sign in again to continue", code: "unauthenticated" },
};

/** The words for a constraint, if there are any. */
export function constraintMessage(name: string): ConstraintMessage | undefined {
  if (Object.hasOwn(constraintMessages, name)) return constraintMessages[name];
  return Object.entries(referenceMessages).find(([end]) => name.endsWith(end))?.[1];
}
