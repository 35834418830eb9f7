type ExportCoverage = { exportedAs: string } | { excludedBecause: string };

/** For each table with an `account_id`: the key in the export, or the reason why it is not exported. */
export const exportCoverage: Record<string, ExportCoverage> = {
  account_events: { exportedAs: "history" },
  auth_challenges: { excludedBecause: "Steps of a sign-in that expire within minutes; only hashes are stored" },
  identities: { exportedAs: "linkedAccounts" },
  email_tokens: { excludedBecause: "Emailed links, stored as hashes; each request is in the history" },
  msp_administrators: { exportedAs: "managedServiceProviders" },
  memberships: { exportedAs: "memberships" },
  passkeys: { exportedAs: "passkeys" },
  password_reminders: { exportedAs: "passwordReminders" },
  recovery_codes: { excludedBecause: "Hashes of secrets; the number left is in the profile" },
  saved_views: { exportedAs: "savedViews" },
  sessions: { exportedAs: "sessions" },
  totp_credentials: { excludedBecause: "A secret; the date of activation is in the profile" },
  usage_events: { exportedAs: "pagesOpened" },
};
