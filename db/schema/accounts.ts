import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgPolicy, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { address, bytes, id, moment, timestamps, version } from "@/db/columns";
import { authRole, ledgerRole, tenantRoles, workerRole } from "@/db/roles";
import { currentAccount, currentEmail, currentLink } from "@/db/settings";
import type { Method } from "@/lib/vocabulary/entrance";
import type { EventName } from "@/lib/vocabulary/events";
import type { MacFormat } from "@/lib/vocabulary/mac";

/** PWD-1: whom an account belongs to decides how long its password lasts. */
export type UserGroup = "customer" | "partner" | "public";

export const ownAccount = sql`account_id = (select ${currentAccount})`;

/** People. They belong to no organization; a membership joins one to an organization. */
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
    /** Since when signing in asks for a code of an authenticator. */
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
    pgPolicy("accounts_of_members", {
      for: "select",
      to: tenantRoles,
      using: sql`exists (select 1 from memberships m where m.account_id = accounts.id)`,
    }),
    pgPolicy("accounts_for_retention", { for: "select", to: ledgerRole, using: sql`true` }),
    pgPolicy("accounts_self", {
      for: "all",
      to: authRole,
      using: sql`id = (select ${currentAccount}) or email = (select ${currentEmail})`,
      withCheck: sql`id = (select ${currentAccount}) or email = (select ${currentEmail})`,
    }),
  ],
);

/** A signed-in browser. The cookie holds the secret, this row only its hash. */
export const sessions = pgTable(
  "sessions",
  {
    id: id(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    secretHash: bytes().notNull().unique(),
    authTime: moment().notNull().defaultNow(),
    lastSeenAt: moment().notNull().defaultNow(),
    /** When the person last proved who they are: at sign-in, or since then (SES-11). */
    confirmedAt: moment().notNull().defaultNow(),
    /** When the login notice was accepted in this session (PWD-5). */
    noticeAcceptedAt: moment(),
    methods: text().array().$type<Method[]>().notNull(),
    address: address(),
    browser: text(),
    revokedAt: moment(),
    revokeReason: text(),
  },
  (t) => [
    index("sessions_account").on(t.accountId, t.lastSeenAt),
    pgPolicy("sessions_self", { for: "all", to: authRole, using: ownAccount, withCheck: ownAccount }),
    // Two weeks are the longest any policy lets a session last.
    pgPolicy("sessions_over", { for: "all", to: workerRole, using: sql`auth_time < now() - interval '15 days'` }),
  ],
);

/** Hands a finished sign-in to the session envelope: lives a minute, works once. */
export const loginTickets = pgTable(
  "login_tickets",
  {
    id: id(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    secretHash: bytes().notNull().unique(),
    methods: text().array().$type<Method[]>().notNull(),
    expiresAt: moment().notNull(),
    consumedAt: moment(),
  },
  () => [
    pgPolicy("login_tickets_self", { for: "all", to: authRole, using: ownAccount, withCheck: ownAccount }),
    pgPolicy("login_tickets_over", { for: "all", to: workerRole, using: sql`expires_at < now() - interval '1 hour'` }),
  ],
);

/** The first two were asked for and lead nowhere; the worker answers them with mails that hold the others. */
export type LinkPurpose = "sign_up" | "recover" | "validate" | "reset" | "invite" | "create_login" | "change_email";

/** Emailed links: single use, one purpose, stored hashed. */
export const links = pgTable(
  "links",
  {
    id: id(),
    purpose: text().$type<LinkPurpose>().notNull(),
    email: text().notNull(),
    accountId: uuid().references(() => accounts.id, { onDelete: "cascade" }),
    invitedOrgId: uuid(),
    membershipId: uuid(),
    payload: jsonb().$type<Record<string, unknown>>(),
    secretHash: bytes().notNull().unique(),
    createdAt: moment().notNull().defaultNow(),
    expiresAt: moment().notNull(),
    consumedAt: moment(),
    voidedAt: moment(),
  },
  (t) => [
    index("links_email").on(t.email, t.purpose),
    index("links_membership").on(t.membershipId),
    pgPolicy("links_followed", {
      for: "all",
      to: authRole,
      using: sql`secret_hash = (select ${currentLink}) or email = (select ${currentEmail})`,
      withCheck: sql`secret_hash = (select ${currentLink}) or email = (select ${currentEmail})`,
    }),
    pgPolicy("links_of_invitations", {
      for: "all",
      to: tenantRoles,
      using: sql`exists (select 1 from memberships m where m.id = links.membership_id)`,
      withCheck: sql`exists (select 1 from memberships m where m.id = links.membership_id)`,
    }),
    pgPolicy("links_of_departed", { for: "all", to: ledgerRole, using: sql`membership_id is not null` }),
    pgPolicy("links_over", {
      for: "all",
      to: workerRole,
      using: sql`purpose in ('sign_up', 'recover', 'validate', 'reset', 'change_email') and expires_at < now() - interval '7 days'`,
    }),
  ],
);

/** Failed tries per key and window, shared by all processes. */
export const throttles = pgTable("throttles", {
  key: text().primaryKey(),
  failures: integer().notNull().default(0),
  total: integer().notNull().default(0),
  windowStartedAt: moment().notNull().defaultNow(),
  lastAt: moment().notNull().defaultNow(),
});

/** What happened to an account where no organization is concerned; it ends with the account. */
export const accountEvents = pgTable(
  "account_events",
  {
    id: id(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    name: text().$type<EventName>().notNull(),
    detail: jsonb().$type<Record<string, unknown>>(),
    address: address(),
    browser: text(),
    occurredAt: moment().notNull().defaultNow(),
  },
  (t) => [
    index("account_events_account").on(t.accountId, t.occurredAt),
    pgPolicy("account_events_self", { for: "all", to: authRole, using: ownAccount, withCheck: ownAccount }),
  ],
);
