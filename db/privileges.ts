import type { DatabaseRole } from "@/db/roles";

type Rights = Partial<Record<DatabaseRole, string>>;

const crud = "select, insert, update, delete";
const accountColumns =
  "select (id, email, first_name, last_name, phone, time_zone, hour_cycle, mac_format, last_sign_in_at, suspended_at, password_changed_at, two_factor_enabled_at)";

/** Table privileges of the roles; every migration revokes whatever is not listed here. */
export const tablePrivileges: Record<string, Rights> = {
  organizations: { app: "select, insert, update", worker: "select", auth: "select" },
  accounts: { app: accountColumns, worker: accountColumns, auth: crud },
  sessions: { worker: "select (id, auth_time), delete", auth: crud },
  login_tickets: { worker: "select (id, expires_at), delete", auth: crud },
  email_tokens: {
    app: "select (id, membership_id, purpose, created_at, expires_at, consumed_at, voided_at), insert, update (voided_at)",
    worker: "select (id, membership_id, purpose, expires_at), delete",
    auth: crud,
  },
  rate_limit_counters: { app: "select, insert, update", worker: "select, delete", auth: "select, insert, update" },
  totp_credentials: { auth: crud },
  recovery_codes: { auth: crud },
  passkeys: { auth: crud },
  identities: { auth: crud },
  auth_challenges: { worker: "select (id, expires_at), delete", auth: crud },
  password_reminders: { auth: "select, insert" },
  notification_subscriptions: { app: crud, worker: "select", auth: "select" },
  usage_events: { worker: "select (id, occurred_at), delete", auth: crud },
  account_events: { auth: "select, insert" },
  memberships: {
    app: crud,
    worker: "select",
    auth: "select, update (account_id, email, accepted_at, expires_at, first_name, last_name, phone, version, updated_at)",
  },
  membership_scopes: { app: crud, worker: "select", auth: "select" },
  sites: { app: crud, worker: crud },
  site_groups: { app: crud, worker: "select" },
  site_group_members: { app: crud, worker: "select", auth: "select" },
  audit_entries: { app: "select, insert", worker: "select, insert", auth: "insert" },
  audit_actors: { app: "select, insert, update", worker: "select, insert, update", auth: "select, insert, update" },
  audit_entry_counts: { app: "select", worker: "select" },
  email_outbox: { app: "insert", worker: "select, insert, update, delete", auth: "insert" },
  captured_emails: { worker: "select, insert, delete", auth: "select" },
};

/** Security definer functions and the roles that may execute them. */
export const functionPrivileges: Record<string, DatabaseRole[]> = {
  "ensure_audit_partitions(date, integer)": ["worker"],
  "drop_audit_partitions(date)": ["worker"],
  "purge_audit_entry_counts(timestamptz)": ["worker"],
  "purge_deleted_accounts()": ["worker"],
  "orgs_with_sole_super_user()": ["auth"],
  "lock_orgs_for_account_deletion()": ["auth"],
  "totp_credentials_with_old_key(bytea, integer)": ["worker"],
  "accounts_with_old_passwords(uuid, integer, integer, integer, integer)": ["worker"],
};
