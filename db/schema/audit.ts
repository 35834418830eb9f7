import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgPolicy, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { v7 } from "uuid";
import { address, moment } from "@/db/columns";
import { authRole, ledgerRole } from "@/db/roles";
import { currentAccount } from "@/db/settings";
import { belongsToOrg, orgPolicy, siteReading } from "@/db/tenant-columns";
import type { ActorKind } from "@/lib/vocabulary/access";
import type { EventName } from "@/lib/vocabulary/events";

export type Change = { before?: Record<string, unknown>; after?: Record<string, unknown> };

const membersOrg = (table: "audit_entries" | "audit_actors") =>
  sql`(select ${currentAccount}) is not null and exists (select 1 from memberships m where m.organization_id = ${sql.raw(table)}.organization_id)`;

const anyOrg = sql`organization_id is not null`;

/** What happened in an organization. Partitioned by month in the migration; nobody who serves requests may change it. */
export const auditEntries = pgTable(
  "audit_entries",
  {
    ...belongsToOrg(),
    occurredAt: moment().notNull().defaultNow(),
    id: uuid()
      .notNull()
      .$defaultFn(() => v7()),
    actorId: uuid().notNull(),
    actorKind: text().$type<ActorKind>().notNull(),
    siteId: uuid(),
    siteName: text(),
    name: text().$type<EventName>().notNull(),
    subjectId: uuid(),
    message: text().notNull(),
    change: jsonb().$type<Change>(),
    address: address(),
    browser: text(),
    requestId: text(),
    detailed: boolean().notNull().generatedAlwaysAs(sql`change is not null or address is not null`),
  },
  (t) => [
    primaryKey({ name: "audit_entries_key", columns: [t.organizationId, t.occurredAt, t.id] }),
    index("audit_entries_actor").on(t.organizationId, t.actorId, t.occurredAt, t.id),
    index("audit_entries_site").on(t.organizationId, t.siteId, t.occurredAt, t.id),
    orgPolicy("audit_entries"),
    ...siteReading("audit_entries", sql`site_id`),
    pgPolicy("audit_entries_of_account", {
      for: "insert",
      to: authRole,
      withCheck: membersOrg("audit_entries"),
    }),
    pgPolicy("audit_entries_retention", { for: "all", to: ledgerRole, using: anyOrg, withCheck: anyOrg }),
  ],
);

/** Who appears in an organization's audit log, under the name they have or last had. */
export const auditActors = pgTable(
  "audit_actors",
  {
    ...belongsToOrg(),
    actorId: uuid().notNull(),
    kind: text().$type<ActorKind>().notNull(),
    name: text().notNull(),
    email: text(),
    goneSince: moment(),
  },
  (t) => [
    primaryKey({ name: "audit_actors_key", columns: [t.organizationId, t.actorId] }),
    orgPolicy("audit_actors"),
    pgPolicy("audit_actors_of_account", {
      for: "all",
      to: authRole,
      using: membersOrg("audit_actors"),
      withCheck: membersOrg("audit_actors"),
    }),
    pgPolicy("audit_actors_retention", { for: "all", to: ledgerRole, using: anyOrg, withCheck: anyOrg }),
  ],
);

/** In the roll-up: entries that concern no site, and the sums over all sites or all actors. */
export const noSite = "00000000-0000-0000-0000-000000000000";
export const everyone = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/**
 * Entries per quarter of an hour: by actor and site, by each alone, and altogether.
 * Counts and the histogram read one short range of this key and never walk the entries.
 */
export const auditActivity = pgTable(
  "audit_activity",
  {
    organizationId: uuid().notNull(),
    actorId: uuid().notNull(),
    siteId: uuid().notNull(),
    startsAt: moment().notNull(),
    entries: integer().notNull(),
  },
  (t) => [
    primaryKey({ name: "audit_activity_key", columns: [t.organizationId, t.actorId, t.siteId, t.startsAt] }),
    orgPolicy("audit_activity"),
    ...siteReading("audit_activity", sql`site_id`),
    pgPolicy("audit_activity_count", { for: "all", to: ledgerRole, using: anyOrg, withCheck: anyOrg }),
  ],
);
