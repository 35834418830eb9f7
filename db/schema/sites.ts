import { sql } from "drizzle-orm";
import { index, pgPolicy, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { id, timestamps, version } from "@/db/column-types";
import { authRole, definerRole, tenantRoles } from "@/db/roles";
import { allSites, currentAccountId } from "@/db/session-variables";
import { naturalOrder } from "@/db/text-order";
import { organizationColumn, orgPoliciesAndKey, orgPolicies, sameOrgForeignKey, sitePolicy } from "@/db/rls";

export const sites = pgTable(
  "sites",
  {
    id: id(),
    ...organizationColumn(),
    name: text().notNull(),
    /** Equal for names that look alike. */
    nameKey: text().notNull().generatedAlwaysAs(sql`fold_name(name)`),
    country: text().notNull(),
    /** Stored, because row security keeps an index from being searched by what a function returns. */
    countryName: text().notNull().generatedAlwaysAs(sql`country_name(country)`),
    timeZone: text().notNull(),
    streetAddress: text().notNull().default(""),
    /** Limited in length, because an index holds it. */
    searchText: text().notNull().generatedAlwaysAs(sql`left(fold_search(name || ' ' || street_address || ' ' || translate(time_zone, '/_', '  ')), 500)`),
    version: version(),
    ...timestamps(),
  },
  (t) => [
    ...orgPoliciesAndKey("sites", t, "staff reads"),
    sitePolicy("sites", sql`id`),
    // The owner of the database is a member of this role and must not see all sites.
    pgPolicy("sites_definer_read", {
      for: "select",
      to: definerRole,
      using: sql`organization_id in (select m.organization_id from memberships m where m.account_id = (select ${currentAccountId}))`,
    }),
    pgPolicy("sites_definer_insert", { for: "insert", to: definerRole, withCheck: sql`true` }),
    unique("sites_name_key").on(t.organizationId, t.nameKey),
    index("sites_by_name").on(t.organizationId, naturalOrder(t.name), t.id),
    index("sites_by_country").on(t.organizationId, naturalOrder(t.countryName), t.id),
  ],
);

export const siteGroups = pgTable(
  "site_groups",
  {
    id: id(),
    ...organizationColumn(),
    name: text().notNull(),
    nameKey: text().notNull().generatedAlwaysAs(sql`fold_name(name)`),
    searchText: text().notNull().generatedAlwaysAs(sql`fold_search(name)`),
    version: version(),
    ...timestamps(),
  },
  (t) => [
    ...orgPoliciesAndKey("site_groups", t, "staff reads"),
    pgPolicy("site_groups_visible_sites", {
      as: "restrictive",
      for: "select",
      to: tenantRoles,
      using: sql`(select ${allSites}) or exists (select 1 from site_group_members g where g.group_id = site_groups.id)`,
    }),
    unique("site_groups_name_key").on(t.organizationId, t.nameKey),
  ],
);

export const siteGroupMembers = pgTable(
  "site_group_members",
  {
    ...organizationColumn(),
    groupId: uuid().notNull(),
    siteId: uuid().notNull(),
  },
  (t) => [
    primaryKey({ name: "site_group_members_key", columns: [t.organizationId, t.groupId, t.siteId] }),
    ...orgPolicies("site_group_members", "staff reads"),
    sitePolicy("site_group_members", sql`site_id`),
    sameOrgForeignKey("site_group_members_group", [t.organizationId, t.groupId], siteGroups).onDelete("cascade"),
    sameOrgForeignKey("site_group_members_site", [t.organizationId, t.siteId], sites).onDelete("cascade"),
    index("site_group_members_site").on(t.organizationId, t.siteId),
    pgPolicy("site_group_members_account_read", {
      for: "select",
      to: authRole,
      using: sql`exists (select 1 from membership_scopes s where s.group_id = site_group_members.group_id)`,
    }),
  ],
);
