import { sql } from "drizzle-orm";
import { foreignKey, index, integer, pgPolicy, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { id, timestamptz } from "@/db/column-types";
import { authRole, tenantRoles, workerRole } from "@/db/roles";
import { accounts, isOwnAccount } from "@/db/schema/accounts";
import { memberships } from "@/db/schema/memberships";
import { sites } from "@/db/schema/sites";
import { organizationColumn, orgPolicies, sameOrgForeignKey } from "@/db/rls";

const accountId = () =>
  uuid()
    .notNull()
    .references(() => accounts.id, { onDelete: "cascade" });

/** Password expiry reminders that were sent: one row per email, so that no reminder is sent twice. */
export const passwordReminders = pgTable(
  "password_reminders",
  {
    accountId: accountId(),
    passwordChangedAt: timestamptz().notNull(),
    /** Days left until the password expires. */
    daysBefore: integer().notNull(),
    sentAt: timestamptz().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: "password_reminders_key", columns: [t.accountId, t.passwordChangedAt, t.daysBefore] }),
    pgPolicy("password_reminders_self", { for: "all", to: authRole, using: isOwnAccount, withCheck: isOwnAccount }),
  ],
);

/** Email notifications of a member; a row without a site covers the whole organization. */
export const notificationSubscriptions = pgTable(
  "notification_subscriptions",
  { id: id(), ...organizationColumn(), membershipId: uuid().notNull(), siteId: uuid(), subscribedAt: timestamptz().notNull().defaultNow() },
  (t) => [
    ...orgPolicies("notification_subscriptions", "hidden from staff"),
    pgPolicy("notification_subscriptions_account_read", {
      for: "select",
      to: authRole,
      using: sql`exists (select 1 from memberships m where m.id = notification_subscriptions.membership_id)`,
    }),
    sameOrgForeignKey("notification_subscriptions_membership", [t.organizationId, t.membershipId], memberships).onDelete("cascade"),
    sameOrgForeignKey("notification_subscriptions_site", [t.organizationId, t.siteId], sites).onDelete("cascade"),
    unique("notification_subscriptions_key").on(t.organizationId, t.membershipId, t.siteId).nullsNotDistinct(),
    index("notification_subscriptions_site").on(t.organizationId, t.siteId),
  ],
);

/** A saved view: a URL of a list with a name; only its owner sees it. */
export const savedViews = pgTable(
  "saved_views",
  {
    id: id(),
    ...organizationColumn(),
    accountId: uuid().notNull(),
    /** The path of the list below the organization. */
    list: text().notNull(),
    name: text().notNull(),
    /** Equal for names that look alike. */
    nameKey: text().notNull().generatedAlwaysAs(sql`fold_name(name)`),
    /** The query string of the list. */
    query: text().notNull(),
    savedAt: timestamptz().notNull().defaultNow(),
  },
  (t) => [
    ...orgPolicies("saved_views", "hidden from staff"),
    pgPolicy("saved_views_own_account", { as: "restrictive", for: "all", to: tenantRoles, using: isOwnAccount, withCheck: isOwnAccount }),
    pgPolicy("saved_views_account_read", { for: "select", to: authRole, using: isOwnAccount }),
    foreignKey({
      name: "saved_views_membership_same_org",
      columns: [t.organizationId, t.accountId],
      foreignColumns: [memberships.organizationId, memberships.accountId],
    }).onDelete("cascade"),
    unique("saved_views_name_key").on(t.organizationId, t.accountId, t.list, t.nameKey),
  ],
);

/** Pages that a person opened, recorded only with their consent. */
export const usageEvents = pgTable(
  "usage_events",
  {
    id: id(),
    accountId: accountId(),
    /** The route pattern, without ids. */
    page: text().notNull(),
    occurredAt: timestamptz().notNull().defaultNow(),
  },
  (t) => [
    index("usage_events_account").on(t.accountId, t.occurredAt),
    index("usage_events_time").on(t.occurredAt),
    pgPolicy("usage_events_self", { for: "all", to: authRole, using: isOwnAccount, withCheck: isOwnAccount }),
    pgPolicy("usage_events_expired", { for: "all", to: workerRole, using: sql`occurred_at < now() - interval '90 days'` }),
  ],
);
