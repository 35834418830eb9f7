import { sql } from "drizzle-orm";
import { boolean, check, integer, jsonb, pgPolicy, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { bytea, id, timestamps } from "@/db/column-types";
import { organizationColumn, orgPolicies, orgPoliciesAndKey, sameOrgForeignKey } from "@/db/rls";
import { definerRole, tenantRoles } from "@/db/roles";
import type { SettingsDocument } from "@/db/schema/organizations";
import { siteGroups, sites } from "@/db/schema/sites";
import { templateColumns } from "@/db/schema/templates";
import { allSites, visibleSiteIds } from "@/db/session-variables";

/** Wireless networks that are applied together to the organization, to site groups or to sites. */
export const wlanTemplates = pgTable("wlan_templates", { ...templateColumns(), appliesToOrganization: boolean().notNull().default(false) }, (t) => [
  ...orgPoliciesAndKey("wlan_templates", t, "staff reads"),
  unique("wlan_templates_name_key").on(t.organizationId, t.nameKey),
  check("wlan_templates_settings", sql`jsonb_typeof(settings) = 'object'`),
]);

/** The wireless networks of a template. */
export const wlans = pgTable(
  "wlans",
  {
    id: id(),
    ...organizationColumn(),
    templateId: uuid().notNull(),
    ssid: text().notNull(),
    position: integer().notNull(),
    settings: jsonb().$type<SettingsDocument>().notNull().default({}),
    /** The passphrase and the shared secrets of its RADIUS servers. */
    encryptedSecrets: bytea(),
    ...timestamps(),
  },
  (t) => [
    ...orgPoliciesAndKey("wlans", t, "staff reads"),
    pgPolicy("wlans_definer_read", { for: "select", to: definerRole, using: sql`true` }),
    check("wlans_settings", sql`jsonb_typeof(settings) = 'object'`),
    sameOrgForeignKey("wlans_template", [t.organizationId, t.templateId], wlanTemplates).onDelete("cascade"),
  ],
);

/** The sites and site groups that a WLAN template is applied to, and those that are excepted. */
export const wlanTemplateScopes = pgTable(
  "wlan_template_scopes",
  {
    ...organizationColumn(),
    templateId: uuid().notNull(),
    siteId: uuid(),
    groupId: uuid(),
    isException: boolean().notNull().default(false),
  },
  (t) => [
    unique("wlan_template_scopes_key").on(t.organizationId, t.templateId, t.siteId, t.groupId).nullsNotDistinct(),
    ...orgPolicies("wlan_template_scopes", "staff reads"),
    pgPolicy("wlan_template_scopes_visible_sites", {
      as: "restrictive",
      for: "all",
      to: tenantRoles,
      using: sql`(select ${allSites}) or site_id = any ((select ${visibleSiteIds})::uuid[])
        or exists (select 1 from site_group_members m where m.group_id = wlan_template_scopes.group_id)`,
      withCheck: sql`(select ${allSites}) or site_id = any ((select ${visibleSiteIds})::uuid[])`,
    }),
    check("wlan_template_scopes_one", sql`num_nonnulls(site_id, group_id) = 1`),
    sameOrgForeignKey("wlan_template_scopes_template", [t.organizationId, t.templateId], wlanTemplates).onDelete("cascade"),
    sameOrgForeignKey("wlan_template_scopes_site", [t.organizationId, t.siteId], sites).onDelete("cascade"),
    sameOrgForeignKey("wlan_template_scopes_group", [t.organizationId, t.groupId], siteGroups).onDelete("cascade"),
  ],
);
