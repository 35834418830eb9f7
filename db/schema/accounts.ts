import { sql } from "drizzle-orm";
import { check, index, inet, integer, jsonb, pgPolicy, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { bytea, id, timestamptz, timestamps, version } from "@/db/column-types";
import { authRole, definerRole, tenantRoles, workerRole } from "@/db/roles";
import { staffPolicies } from "@/db/rls";
import { currentAccountId, currentEmail, currentOrgId, currentTokenHash } from "@/db/session-variables";
import type { AuthMethod } from "@/lib/shared/login-flow";
import type { UnmetPasswordRules } from "@/lib/shared/password-rules";
import type { EventName } from "@/lib/shared/events";
import type { MacFormat } from "@/lib/shared/mac-address";

/** Decides how long a password is valid. */
export type UserGroup = "customer" | "partner" | "public";

export const isOwnAccount = sql`account_id = (select ${currentAccountId})`;

/** People. An account belongs to no organization; memberships connect it to organizations. */
export const accounts = pgTable(
  "accounts",
  {
    id: id(),
    email: text().notNull(),
    firstName: text().notNull(),
    lastName: text().notNull(),
    searchText: text().notNull().generatedAlwaysAs(sql`fold_search(first_name || ' ' || last_name || ' ' || searchable_email(email))`),
    phone: text(),
    secondPhone: text(),
    region: text().$type<"global" | "europe">().notNull().default("global"),
    analyticsAllowed: text().$type<"yes" | "no">(),
    termsAcceptedAt: timestamptz(),
    passwordHash: text(),
    passwordChangedAt: timestamptz(),
    userGroup: text().$type<UserGroup>().notNull().default("customer"),
    twoFactorEnabledAt: timestamptz(),
    timeZone: text(),
    hourCycle: text().$type<"12" | "24">().notNull().default("12"),
    macFormat: text().$type<MacFormat>().notNull().default("colon"),
    lastOrganizationId: uuid(),
    lastSignInAt: timestamptz(),
    suspendedAt: timestamptz(),
    suspensionReason: text().$type<"password" | "staff">(),
    reinstatedAt: timestamptz(),
    version: version(),
    ...timestamps(),
  },
  (t) => [
    unique("accounts_email_key").on(t.email),
    check("accounts_user_group", sql`user_group in ('customer', 'partner', 'public')`),
    check("accounts_mac_format", sql`mac_format in ('colon', 'dash', 'dot')`),
    pgPolicy("accounts_tenant_read", {
      for: "select",
      to: tenantRoles,
      using: sql`exists (select 1 from memberships m where m.account_id = accounts.id)`,
    }),
    pgPolicy("accounts_definer_read", { for: "select", to: definerRole, using: sql`true` }),
    pgPolicy("accounts_self", {
      for: "all",
      to: authRole,
      using: sql`id = (select ${currentAccountId}) or email = (select ${currentEmail})`,
      withCheck: sql`id = (select ${currentAccountId}) or email = (select ${currentEmail})`,
    }),
  ],
);

/** A signed-in browser. The cookie holds the secret; this row holds only its hash. */
export const sessions = pgTable(
  "sessions",
  {
    id: id(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    secretHash: bytea().notNull().unique("sessions_secret_key"),
    authTime: timestamptz().notNull().defaultNow(),
    lastSeenAt: timestamptz().notNull().defaultNow(),
    /** Last proof of identity: the sign-in or a later reauthentication. */
    reauthenticatedAt: timestamptz().notNull().defaultNow(),
    loginTermsAcceptedAt: timestamptz(),
    methods: text().array().$type<AuthMethod[]>().notNull(),
    /** The rules that the password did not meet when it was typed to sign in; gone once it is changed. */
    unmetPasswordRules: jsonb().$type<UnmetPasswordRules>(),
    ipAddress: inet(),
    userAgent: text(),
    revokedAt: timestamptz(),
    revokeReason: text(),
    /** The administrator as whom this session sees one organization, without changing anything. */
    viewAsOrgId: uuid(),
    viewAsMembershipId: uuid(),
  },
  (t) => [
    index("sessions_account").on(t.accountId, t.lastSeenAt),
    pgPolicy("sessions_self", { for: "all", to: authRole, using: isOwnAccount, withCheck: isOwnAccount }),
    pgPolicy("sessions_definer_read", { for: "select", to: definerRole, using: sql`revoked_at is null` }),
    // No policy lets a session last longer than two weeks.
    pgPolicy("sessions_expired", { for: "all", to: workerRole, using: sql`auth_time < now() - interval '15 days'` }),
  ],
);

/** `sign_up` and `recover` are requests without a link; the worker answers them with a `validate` or `reset` email. */
export type EmailTokenPurpose = "sign_up" | "recover" | "validate" | "reset" | "invite" | "create_login" | "change_email";

/** Single-use tokens of emailed links, stored hashed. */
export const emailTokens = pgTable(
  "email_tokens",
  {
    id: id(),
    purpose: text().$type<EmailTokenPurpose>().notNull(),
    email: text().notNull(),
    accountId: uuid().references(() => accounts.id, { onDelete: "cascade" }),
    invitedOrgId: uuid(),
    membershipId: uuid(),
    payload: jsonb().$type<Record<string, unknown>>(),
    secretHash: bytea().notNull().unique("email_tokens_secret_key"),
    createdAt: timestamptz().notNull().defaultNow(),
    expiresAt: timestamptz().notNull(),
    consumedAt: timestamptz(),
    voidedAt: timestamptz(),
  },
  (t) => [
    index("email_tokens_email").on(t.email, t.purpose),
    index("email_tokens_membership").on(t.membershipId),
    pgPolicy("email_tokens_self", {
      for: "all",
      to: authRole,
      using: sql`secret_hash = (select ${currentTokenHash}) or email = (select ${currentEmail})`,
      withCheck: sql`secret_hash = (select ${currentTokenHash}) or email = (select ${currentEmail})`,
    }),
    pgPolicy("email_tokens_tenant", {
      for: "all",
      to: tenantRoles,
      using: sql`exists (select 1 from memberships m where m.id = email_tokens.membership_id)`,
      withCheck: sql`exists (select 1 from memberships m where m.id = email_tokens.membership_id)`,
    }),
    ...staffPolicies("email_tokens"),
    pgPolicy("email_tokens_definer", { for: "all", to: definerRole, using: sql`membership_id is not null` }),
    pgPolicy("email_tokens_expired", {
      for: "all",
      to: workerRole,
      using: sql`purpose in ('sign_up', 'recover', 'validate', 'reset', 'change_email') and expires_at < now() - interval '7 days'`,
    }),
  ],
);

/** Failed attempts per key and time window, shared by all processes. */
export const rateLimitCounters = pgTable("rate_limit_counters", {
  key: text().primaryKey(),
  failures: integer().notNull().default(0),
  consecutiveFailures: integer().notNull().default(0),
  windowStartedAt: timestamptz().notNull().defaultNow(),
  lastFailureAt: timestamptz().notNull().defaultNow(),
});

/** Account events outside of any organization, deleted with the account. */
export const accountEvents = pgTable(
  "account_events",
  {
    id: id(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    name: text().$type<EventName>().notNull(),
    detail: jsonb().$type<Record<string, unknown>>(),
    ipAddress: inet(),
    userAgent: text(),
    occurredAt: timestamptz().notNull().defaultNow(),
  },
  (t) => [
    index("account_events_account").on(t.accountId, t.occurredAt),
    pgPolicy("account_events_self", { for: "all", to: authRole, using: isOwnAccount, withCheck: isOwnAccount }),
    pgPolicy("account_events_definer_insert", {
      for: "insert",
      to: definerRole,
      withCheck: sql`exists (select 1 from memberships m where m.account_id = account_events.account_id and m.organization_id = (select ${currentOrgId}))`,
    }),
  ],
);
