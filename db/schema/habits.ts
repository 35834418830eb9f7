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

/** Which reminders of a password's age were sent: one row is one mail, however often the job runs (PWD-2). */
export const passwordNotices = pgTable(
  "password_notices",
  {
    accountId: accountId(),
    passwordChangedAt: moment().notNull(),
    /** Days that were left. */
    stage: integer().notNull(),
    sentAt: moment().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.passwordChangedAt, t.stage] }),
    pgPolicy("password_notices_self", { for: "all", to: authRole, using: ownAccount, withCheck: ownAccount }),
  ],
);

/** Of what a member wants to be told by mail: a row without a site is the whole organization (ACC-26). */
export const notificationChoices = pgTable(
  "notification_choices",
  { id: id(), ...belongsToOrg(), membershipId: uuid().notNull(), siteId: uuid(), chosenAt: moment().notNull().defaultNow() },
  (t) => [
    orgPolicy("notification_choices"),
    pgPolicy("notification_choices_of_account", {
      for: "select",
      to: authRole,
      using: sql`exists (select 1 from memberships m where m.id = notification_choices.membership_id)`,
    }),
    sameOrg("notification_choices_membership", [t.organizationId, t.membershipId], memberships).onDelete("cascade"),
    sameOrg("notification_choices_site", [t.organizationId, t.siteId], sites).onDelete("cascade"),
    unique("notification_choices_once").on(t.organizationId, t.membershipId, t.siteId).nullsNotDistinct(),
    index("notification_choices_site").on(t.organizationId, t.siteId),
  ],
);

/** Which pages a person opened, and only of those who allow it (ACC-28). */
export const usageEvents = pgTable(
  "usage_events",
  {
    id: id(),
    accountId: accountId(),
    /** The route as it is written, without anybody's ids. */
    page: text().notNull(),
    occurredAt: moment().notNull().defaultNow(),
  },
  (t) => [
    index("usage_events_account").on(t.accountId, t.occurredAt),
    index("usage_events_time").on(t.occurredAt),
    pgPolicy("usage_events_self", { for: "all", to: authRole, using: ownAccount, withCheck: ownAccount }),
    pgPolicy("usage_events_over", { for: "all", to: workerRole, using: sql`occurred_at < now() - interval '90 days'` }),
  ],
);
