import { sql } from "drizzle-orm";
import { check, index, inet, integer, jsonb, pgPolicy, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { bytes, id, moment, timestamps, version } from "@/db/columns";
import { authRole, ledgerRole, tenantRoles, workerRole } from "@/db/roles";
import { currentAccount, currentEmail, currentLink } from "@/db/settings";
import type { Method } from "@/lib/vocabulary/entrance";
import type { EventName } from "@/lib/vocabulary/events";
import type { MacFormat } from "@/lib/vocabulary/mac";

/** Decides how long a password is valid. */
export type UserGroup = "customer" | "partner" | "public";

export const ownAccount = sql`account_id = (select ${currentAccount})`;

/** People. An account belongs to no organization; memberships connect it to organizations. */
export const accounts = pgTable(
  "accounts",
  {
    id: id(),
    email: text().notNull(),
    firstName: text().notNull(),
    lastName: text().notNull(),
    phone: text(),
    secondPhone: text(),
    region: text().$type<"global" | "europe">().notNull().default("global"),
    analyticsAllowed: text().$type<"yes" | "no">(),
    termsAcceptedAt: moment(),
    passwordHash: text(),
    passwordChangedAt: moment(),
    userGroup: text().$type<UserGroup>().notNull().default("customer"),
    twoFactorSince: moment(),
    timeZone: text(),
    clock24: text().$type<"12" | "24">().notNull().default("12"),
    macFormat: text().$type<MacFormat>().notNull().default("colon"),
    lastOrganizationId: uuid(),
    lastSignInAt: moment(),
    suspendedAt: moment(),
    suspendedFor: text().$type<"password" | "staff">(),
    reinstatedAt: moment(),
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
    pgPolicy("accounts_definer_read", { for: "select", to: ledgerRole, using: sql`true` }),
    pgPolicy("accounts_self", {
      for: "all",
      to: authRole,
      using: sql`id = (select ${currentAccount}) or email = (select ${currentEmail})`,
      withCheck: sql`id = (select ${currentAccount}) or email = (select ${currentEmail})`,
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
    secretHash: bytes().notNull().unique("sessions_secret_key"),
    authTime: moment().notNull().defaultNow(),
    lastSeenAt: moment().notNull().defaultNow(),
    /** Last proof of identity: the sign-in or a later reauthentication. */
    confirmedAt: moment().notNull().defaultNow(),
    noticeAcceptedAt: moment(),
    methods: text().array().$type<Method[]>().notNull(),
    address: inet(),
    browser: text(),
    revokedAt: moment(),
    revokeReason: text(),
  },
  (t) => [
    index("sessions_account").on(t.accountId, t.lastSeenAt),
    pgPolicy("sessions_self", { for: "all", to: authRole, using: ownAccount, withCheck: ownAccount }),
    // No policy lets a session last longer than two weeks.
    pgPolicy("sessions_expired", { for: "all", to: workerRole, using: sql`auth_time < now() - interval '15 days'` }),
  ],
);

/** Exchanged once for a session cookie after a successful sign-in; valid for a minute. */
export const loginTickets = pgTable(
  "login_tickets",
  {
    id: id(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    secretHash: bytes().notNull().unique("login_tickets_secret_key"),
    methods: text().array().$type<Method[]>().notNull(),
    expiresAt: moment().notNull(),
    consumedAt: moment(),
  },
  () => [
    pgPolicy("login_tickets_self", { for: "all", to: authRole, using: ownAccount, withCheck: ownAccount }),
    pgPolicy("login_tickets_expired", { for: "all", to: workerRole, using: sql`expires_at < now() - interval '1 hour'` }),
  ],
);

/** `sign_up` and `recover` are requests without a link; the worker answers them with a `validate` or `reset` email. */
export type LinkPurpose = "sign_up" | "recover" | "validate" | "reset" | "invite" | "create_login" | "change_email";

/** Single-use tokens of emailed links, stored hashed. */
export const links = pgTable(
  "email_tokens",
  {
    id: id(),
    purpose: text().$type<LinkPurpose>().notNull(),
    email: text().notNull(),
    accountId: uuid().references(() => accounts.id, { onDelete: "cascade" }),
    invitedOrgId: uuid(),
    membershipId: uuid(),
    payload: jsonb().$type<Record<string, unknown>>(),
    secretHash: bytes().notNull().unique("email_tokens_secret_key"),
    createdAt: moment().notNull().defaultNow(),
    expiresAt: moment().notNull(),
    consumedAt: moment(),
    voidedAt: moment(),
  },
  (t) => [
    index("email_tokens_email").on(t.email, t.purpose),
    index("email_tokens_membership").on(t.membershipId),
    pgPolicy("email_tokens_self", {
      for: "all",
      to: authRole,
      using: sql`secret_hash = (select ${currentLink}) or email = (select ${currentEmail})`,
      withCheck: sql`secret_hash = (select ${currentLink}) or email = (select ${currentEmail})`,
    }),
    pgPolicy("email_tokens_tenant", {
      for: "all",
      to: tenantRoles,
      using: sql`exists (select 1 from memberships m where m.id = email_tokens.membership_id)`,
      withCheck: sql`exists (select 1 from memberships m where m.id = email_tokens.membership_id)`,
    }),
    pgPolicy("email_tokens_definer", { for: "all", to: ledgerRole, using: sql`membership_id is not null` }),
    pgPolicy("email_tokens_expired", {
      for: "all",
      to: workerRole,
      using: sql`purpose in ('sign_up', 'recover', 'validate', 'reset', 'change_email') and expires_at < now() - interval '7 days'`,
    }),
  ],
);

/** Failed attempts per key and time window, shared by all processes. */
export const throttles = pgTable("rate_limit_counters", {
  key: text().primaryKey(),
  failures: integer().notNull().default(0),
  total: integer().notNull().default(0),
  windowStartedAt: moment().notNull().defaultNow(),
  lastAt: moment().notNull().defaultNow(),
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
    address: inet(),
    browser: text(),
    occurredAt: moment().notNull().defaultNow(),
  },
  (t) => [
    index("account_events_account").on(t.accountId, t.occurredAt),
    pgPolicy("account_events_self", { for: "all", to: authRole, using: ownAccount, withCheck: ownAccount }),
  ],
);
