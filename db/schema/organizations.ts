import { sql } from "drizzle-orm";
import { boolean, check, integer, jsonb, pgPolicy, pgTable, text } from "drizzle-orm/pg-core";
import { id, timestamptz, timestamps, version } from "@/db/column-types";
import { staffPolicies } from "@/db/rls";
import { authRole, definerRole, tenantRoles } from "@/db/roles";
import { currentAccountId, currentMspId, currentOrgId } from "@/db/session-variables";

export type SettingsDocument = { [name: string]: unknown };

const passwordPolicy = sql`(settings->'password_policy')`;
const hasPasswordPolicy = sql`(${passwordPolicy}->>'enabled')::boolean`;

export const organizations = pgTable(
  "organizations",
  {
    id: id(),
    name: text().notNull(),
    /** The settings under the names of the published API; what is missing has its default. */
    settings: jsonb().$type<SettingsDocument>().notNull().default({}),
    sessionMinutes: integer().generatedAlwaysAs(sql`(settings->>'session_expiry')::integer`),
    idleMinutes: integer().generatedAlwaysAs(sql`(settings->>'ui_idle_timeout')::integer`),
    passwordMinLength: integer().generatedAlwaysAs(sql`case when ${hasPasswordPolicy} then (${passwordPolicy}->>'min_length')::integer end`),
    passwordNeedsSpecial: boolean()
      .notNull()
      .generatedAlwaysAs(sql`coalesce(${hasPasswordPolicy} and (${passwordPolicy}->>'requires_special_char')::boolean, false)`),
    passwordExpiryDays: integer().generatedAlwaysAs(sql`case when ${hasPasswordPolicy} then (${passwordPolicy}->>'expiry_in_days')::integer end`),
    twoFactorRequired: boolean()
      .notNull()
      .generatedAlwaysAs(sql`coalesce(${hasPasswordPolicy} and (${passwordPolicy}->>'requires_two_factor_auth')::boolean, false)`),
    /** Whether support staff may look into the organization. */
    supportAccess: boolean().notNull().generatedAlwaysAs(sql`coalesce((settings->>'allow_mist')::boolean, true)`),
    partnerEnabledAt: timestamptz(),
    /** Sessions that signed in before this, or were last used before that, are over, whatever the timeouts become. */
    sessionsEndedAt: timestamptz(),
    idleSessionsEndedAt: timestamptz(),
    version: version(),
    ...timestamps(),
  },
  () => [
    check("organizations_settings", sql`jsonb_typeof(settings) = 'object'`),
    check("organizations_password_expiry_days", sql`password_expiry_days between 1 and 365`),
    pgPolicy("organizations_definer_read", { for: "select", to: definerRole, using: sql`true` }),
    pgPolicy("organizations_definer_lock", { for: "update", to: definerRole, using: sql`true`, withCheck: sql`false` }),
    pgPolicy("organizations_definer_delete", { for: "delete", to: definerRole, using: sql`true` }),
    pgPolicy("organizations_definer_insert", { for: "insert", to: definerRole, withCheck: sql`true` }),
    pgPolicy("organizations_tenant", {
      for: "all",
      to: tenantRoles,
      using: sql`id = (select ${currentOrgId})`,
      withCheck: sql`id = (select ${currentOrgId})`,
    }),
    ...staffPolicies("organizations", sql`support_access`),
    pgPolicy("organizations_account_read", {
      for: "select",
      to: authRole,
      using: sql`(select ${currentAccountId}) is not null and exists (select 1 from memberships m where m.organization_id = organizations.id)`,
    }),
    pgPolicy("organizations_msp_read", {
      for: "select",
      to: authRole,
      using: sql`(select ${currentMspId}) is not null and exists (select 1 from organization_msps o where o.organization_id = organizations.id)`,
    }),
  ],
);
