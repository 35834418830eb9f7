import { sql } from "drizzle-orm";
import { check, doublePrecision, index, jsonb, pgPolicy, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { bytea, id, timestamps, timestamptz, version } from "@/db/column-types";
import { authRole, definerRole, tenantRoles } from "@/db/roles";
import { allSites, currentAccountId } from "@/db/session-variables";
import { naturalOrder } from "@/db/text-order";
import { organizationColumn, orgPoliciesAndKey, orgPolicies, sameOrgForeignKey, sitePolicy } from "@/db/rls";
import type { SettingsDocument } from "@/db/schema/organizations";
import { rfTemplates } from "@/db/schema/templates";

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
    latitude: doublePrecision(),
    longitude: doublePrecision(),
    notes: text().notNull().default(""),
    rfTemplateId: uuid(),
    /** The settings under the names of the published API; what is missing has its default. */
    settings: jsonb().$type<SettingsDocument>().notNull().default({}),
    /** When the schedule of the firmware upgrades was last changed. */
    upgradeScheduledAt: timestamptz(),
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
    check("sites_location", sql`num_nulls(latitude, longitude) <> 1 and latitude between -90 and 90 and longitude between -180 and 180`),
    check("sites_settings", sql`jsonb_typeof(settings) = 'object'`),
    sameOrgForeignKey("sites_rf_template", [t.organizationId, t.rfTemplateId], rfTemplates),
    index("sites_by_rf_template").on(t.organizationId, t.rfTemplateId).where(sql`rf_template_id is not null`),
    index("sites_by_name").on(t.organizationId, naturalOrder(t.name), t.id),
    index("sites_by_country").on(t.organizationId, naturalOrder(t.countryName), t.id),
  ],
);

/** Secrets of the settings of a site, such as the shared secrets of RADIUS servers, by their path in the settings document. */
export const siteSecrets = pgTable(
  "site_secrets",
  {
    ...organizationColumn(),
    siteId: uuid().notNull(),
    name: text().notNull(),
    encryptedValue: bytea().notNull(),
    setAt: timestamptz().notNull().defaultNow(),
    /** The actor, whose name is in the audit log. */
    setById: uuid().notNull(),
  },
  (t) => [
    primaryKey({ name: "site_secrets_key", columns: [t.organizationId, t.siteId, t.name] }),
    ...orgPolicies("site_secrets", "hidden from staff"),
    sitePolicy("site_secrets", sql`site_id`),
    pgPolicy("site_secrets_definer_read", { for: "select", to: definerRole, using: sql`true` }),
    sameOrgForeignKey("site_secrets_site", [t.organizationId, t.siteId], sites).onDelete("cascade"),
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
