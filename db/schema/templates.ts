import { sql } from "drizzle-orm";
import { check, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { id, timestamps, version } from "@/db/column-types";
import { organizationColumn, orgPoliciesAndKey } from "@/db/rls";
import type { SettingsDocument } from "@/db/schema/organizations";

/** What every kind of template has; `settings` holds its document under the names of the published API. */
export const templateColumns = () => ({
  id: id(),
  ...organizationColumn(),
  name: text().notNull(),
  /** Equal for names that look alike. */
  nameKey: text().notNull().generatedAlwaysAs(sql`fold_name(name)`),
  searchText: text().notNull().generatedAlwaysAs(sql`fold_search(name)`),
  settings: jsonb().$type<SettingsDocument>().notNull().default({}),
  version: version(),
  ...timestamps(),
});

/** Radio settings that sites refer to. */
export const rfTemplates = pgTable("rf_templates", templateColumns(), (t) => [
  ...orgPoliciesAndKey("rf_templates", t, "staff reads"),
  unique("rf_templates_name_key").on(t.organizationId, t.nameKey),
  check("rf_templates_settings", sql`jsonb_typeof(settings) = 'object'`),
]);

/** Settings that devices of one type share. */
export const deviceProfiles = pgTable("device_profiles", { ...templateColumns(), type: text().notNull().default("ap") }, (t) => [
  ...orgPoliciesAndKey("device_profiles", t, "staff reads"),
  unique("device_profiles_name_key").on(t.organizationId, t.nameKey),
  check("device_profiles_settings", sql`jsonb_typeof(settings) = 'object'`),
  check("device_profiles_type", sql`type in ('ap', 'switch', 'gateway')`),
]);
