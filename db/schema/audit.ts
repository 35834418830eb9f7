import { sql } from "drizzle-orm";
import { boolean, index, inet, integer, jsonb, pgPolicy, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { v7 } from "uuid";
import { timestamptz } from "@/db/column-types";
import { authRole, definerRole, tenantRoles, workerRole } from "@/db/roles";
import { allSites, currentAccountId } from "@/db/session-variables";
import { organizationColumn, orgPolicies, siteReadPolicy } from "@/db/rls";
import type { ActorKind } from "@/lib/shared/roles";
import type { EventName } from "@/lib/shared/events";

export type Change = { before?: Record<string, unknown>; after?: Record<string, unknown> };

// Raw: a column of Drizzle is written without its table here, and would be that of the table in the subquery.
const isMemberOrMsp = (table: "audit_entries" | "audit_actors" | "access_denials") =>
  sql`(select ${currentAccountId}) is not null and (
    exists (select 1 from memberships m where m.organization_id = ${sql.raw(table)}.organization_id)
    or exists (select 1 from organization_msps o where o.organization_id = ${sql.raw(table)}.organization_id))`;

const anyOrg = sql`organization_id is not null`;

/** The audit log of an organization. Partitioned by month in the migration; the roles that serve requests may only insert and read. */
export const auditEntries = pgTable(
  "audit_entries",
  {
    ...organizationColumn(),
    occurredAt: timestamptz().notNull().defaultNow(),
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
    ipAddress: inet(),
    userAgent: text(),
    requestId: text(),
    detailed: boolean().notNull().generatedAlwaysAs(sql`change is not null or ip_address is not null`),
  },
  (t) => [
    primaryKey({ name: "audit_entries_key", columns: [t.organizationId, t.occurredAt, t.id] }),
    index("audit_entries_actor").on(t.organizationId, t.actorId, t.occurredAt, t.id),
    index("audit_entries_site").on(t.organizationId, t.siteId, t.occurredAt, t.id),
    ...orgPolicies("audit_entries", "staff reads"),
    siteReadPolicy("audit_entries", sql`site_id`),
    pgPolicy("audit_entries_account_insert", {
      for: "insert",
      to: authRole,
      withCheck: isMemberOrMsp("audit_entries"),
    }),
    pgPolicy("audit_entries_definer", { for: "all", to: definerRole, using: anyOrg, withCheck: anyOrg }),
  ],
);

/** The people and programs of an audit log, with their current or last known name. */
export const auditActors = pgTable(
  "audit_actors",
  {
    ...organizationColumn(),
    actorId: uuid().notNull(),
    kind: text().$type<ActorKind>().notNull(),
    name: text().notNull(),
    email: text(),
    searchText: text().notNull().generatedAlwaysAs(sql`fold_search(name || ' ' || coalesce(searchable_email(email), ''))`),
    deletedAt: timestamptz(),
  },
  (t) => [
    primaryKey({ name: "audit_actors_key", columns: [t.organizationId, t.actorId] }),
    ...orgPolicies("audit_actors", "staff reads"),
    pgPolicy("audit_actors_account", {
      for: "all",
      to: authRole,
      using: isMemberOrMsp("audit_actors"),
      withCheck: isMemberOrMsp("audit_actors"),
    }),
    pgPolicy("audit_actors_definer", { for: "all", to: definerRole, using: anyOrg, withCheck: anyOrg }),
  ],
);

/** Placeholder ids in the counts: entries without a site, and totals over all sites or all actors. */
export const NO_SITE_ID = "00000000-0000-0000-0000-000000000000";
export const ALL_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/**
 * Entries per 15 minutes, by actor and site, by each alone, and in total (a roll-up).
 * Counts and the histogram read a short range of the key instead of the entries.
 */
export const auditEntryCounts = pgTable(
  "audit_entry_counts",
  {
    organizationId: uuid().notNull(),
    actorId: uuid().notNull(),
    siteId: uuid().notNull(),
    startsAt: timestamptz().notNull(),
    entries: integer().notNull(),
  },
  (t) => [
    primaryKey({ name: "audit_entry_counts_key", columns: [t.organizationId, t.actorId, t.siteId, t.startsAt] }),
    ...orgPolicies("audit_entry_counts", "staff reads"),
    siteReadPolicy("audit_entry_counts", sql`site_id`),
    pgPolicy("audit_entry_counts_definer", { for: "all", to: definerRole, using: anyOrg, withCheck: anyOrg }),
  ],
);

/** How often an actor was refused the same in a quarter-hour; the log has one entry for all of it. */
export const accessDenials = pgTable(
  "access_denials",
  {
    ...organizationColumn(),
    actorId: uuid().notNull(),
    /** What was refused, as text. */
    refused: text().notNull(),
    startsAt: timestamptz().notNull(),
    entryId: uuid().notNull(),
    times: integer().notNull().default(1),
  },
  (t) => [
    primaryKey({ name: "access_denials_key", columns: [t.organizationId, t.actorId, t.refused, t.startsAt] }),
    index("access_denials_entry").on(t.organizationId, t.entryId),
    index("access_denials_time").on(t.startsAt),
    ...orgPolicies("access_denials", "staff reads"),
    pgPolicy("access_denials_account", {
      for: "all",
      to: authRole,
      using: isMemberOrMsp("access_denials"),
      withCheck: isMemberOrMsp("access_denials"),
    }),
    pgPolicy("access_denials_expired", { for: "all", to: workerRole, using: sql`starts_at < (select now() - interval '60 days')` }),
  ],
);

/** The names of deleted sites, for the filter of the log. */
export const deletedSites = pgTable(
  "deleted_sites",
  { ...organizationColumn(), siteId: uuid().notNull(), name: text().notNull(), deletedAt: timestamptz().notNull().defaultNow() },
  (t) => [
    primaryKey({ name: "deleted_sites_key", columns: [t.organizationId, t.siteId] }),
    ...orgPolicies("deleted_sites", "staff reads"),
    pgPolicy("deleted_sites_all_sites", { as: "restrictive", for: "select", to: tenantRoles, using: sql`(select ${allSites})` }),
  ],
);
