/** The form field and message for a violation of each unique constraint, by constraint name. */
export const constraintMessages: Record<string, { field: string; message: string }> = {
  sites_name_key: { field: "name", message: "A site with this name already exists" },
  site_groups_name_key: { field: "name", message: "A site group with this name already exists" },
  passkeys_credential_key: { field: "name", message: "This passkey is registered already" },
  accounts_email_key: { field: "email", message: "This address belongs to another account by now. Ask for another one" },
  memberships_email_key: { field: "email", message: "This address already has access or an invitation" },
  memberships_account_key: { field: "email", message: "This person already has access" },
};
