import type { DatabaseRole } from "@/db/roles";

type Rights = Partial<Record<DatabaseRole, string>>;

const tenantRows = "select, insert, update, delete";
const accountFacts =
  "select (id, email, first_name, last_name, phone, time_zone, clock24, mac_format, last_sign_in_at, suspended_at, password_changed_at, two_factor_since)";

/** All that the roles may do, table by table; what is not written here is revoked at every migration. */
export const privileges: Record<string, Rights> = {
  organizations: { app: "select, insert, update", worker: "select", auth: "select" },
  accounts: { app: accountFacts, worker: accountFacts, auth: tenantRows },
  sessions: { worker: "select (id, auth_time), delete", auth: tenantRows },
  login_tickets: { worker: "select (id, expires_at), delete", auth: tenantRows },
  links: {
    app: "select (id, membership_id, purpose, created_at, expires_at, consumed_at, voided_at), insert, update (voided_at)",
    worker: "select (id, membership_id, purpose, expires_at), delete",
    auth: tenantRows,
  },
  throttles: { app: "select, insert, update", worker: "select, delete", auth: "select, insert, update" },
  two_factors: { auth: tenantRows },
  recovery_codes: { auth: tenantRows },
  passkeys: { auth: tenantRows },
  identities: { auth: tenantRows },
  challenges: { worker: "select (id, expires_at), delete", auth: tenantRows },
  password_notices: { auth: "select, insert" },
  notification_choices: { app: tenantRows, worker: "select", auth: "select" },
  usage_events: { worker: "select (id, occurred_at), delete", auth: tenantRows },
  account_events: { auth: "select, insert" },
  memberships: {
    app: tenantRows,
    worker: "select",
    auth: "select, update (account_id, email, accepted_at, expires_at, first_name, last_name, phone, version, updated_at)",
  },
  membership_scopes: { app: tenantRows, worker: "select", auth: "select" },
  sites: { app: tenantRows, worker: tenantRows },
  site_groups: { app: tenantRows, worker: "select" },
  site_group_members: { app: tenantRows, worker: "select", auth: "select" },
  audit_entries: { app: "select, insert", worker: "select, insert", auth: "insert" },
  audit_actors: { app: "select, insert, update", worker: "select, insert, update", auth: "select, insert, update" },
  audit_activity: { app: "select", worker: "select" },
  mails: { app: "insert", worker: "select, insert, update, delete", auth: "insert" },
  mailbox: { worker: "select, insert, delete", auth: "select" },
};

/** Functions that act with another role's rights, and who may call them. */
export const functions: Record<string, DatabaseRole[]> = {
  "ensure_audit_partitions(date, integer)": ["worker"],
  "drop_audit_partitions(date)": ["worker"],
  "forget_audit_activity(timestamptz)": ["worker"],
  "forget_deleted_accounts()": ["worker"],
  "organizations_led_alone()": ["auth"],
  "begin_departure()": ["auth"],
  "two_factors_sealed_otherwise(bytea, integer)": ["worker"],
  "accounts_with_old_passwords(uuid, integer, integer, integer, integer)": ["worker"],
};
