import { sql } from "drizzle-orm";
import { index, integer, pgPolicy, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { id, moment } from "@/db/columns";
import { authRole, workerRole } from "@/db/roles";
import { accounts, ownAccount } from "@/db/schema/accounts";
import { memberships } from "@/db/schema/memberships";
import { sites } from "@/db/schema/sites";
import { belongsToOrg, orgPolicy, sameOrg } from "@/db/tenant-columns";

const accountId = () =>
  uuid()
    .notNull()
    .references(() => accounts.id, { onDelete: "cascade" });

/** Password expiry reminders that were sent: one row per email, so that no reminder is sent twice. */
export const passwordNotices = pgTable(
  "password_reminders",
  {
    accountId: accountId(),
    passwordChangedAt: moment().notNull(),
    /** Days left until the password expires. */
    stage: integer().notNull(),
    sentAt: moment().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: "password_reminders_key", columns: [t.accountId, t.passwordChangedAt, t.stage] }),
    pgPolicy("password_reminders_self", { for: "all", to: authRole, using: ownAccount, withCheck: ownAccount }),
  ],
);

/** Email notifications of a member; a row without a site covers the whole organization. */
export const notificationChoices = pgTable(
  "notification_subscriptions",
  { id: id(), ...belongsToOrg(), membershipId: uuid().notNull(), siteId: uuid(), chosenAt: moment().notNull().defaultNow() },
  (t) => [
    orgPolicy("notification_subscriptions"),
    pgPolicy("notification_subscriptions_account_read", {
      for: "select",
      to: authRole,
      using: sql`exists (select 1 from memberships m where m.id = notification_subscriptions.membership_id)`,
    }),
    sameOrg("notification_subscriptions_membership", [t.organizationId, t.membershipId], memberships).onDelete("cascade"),
    sameOrg("notification_subscriptions_site", [t.organizationId, t.siteId], sites).onDelete("cascade"),
    unique("notification_subscriptions_key").on(t.organizationId, t.membershipId, t.siteId).nullsNotDistinct(),
    index("notification_subscriptions_site").on(t.organizationId, t.siteId),
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
    occurredAt: moment().notNull().defaultNow(),
  },
  (t) => [
    index("usage_events_account").on(t.accountId, t.occurredAt),
    index("usage_events_time").on(t.occurredAt),
    pgPolicy("usage_events_self", { for: "all", to: authRole, using: ownAccount, withCheck: ownAccount }),
    pgPolicy("usage_events_expired", { for: "all", to: workerRole, using: sql`occurred_at < now() - interval '90 days'` }),
  ],
);
