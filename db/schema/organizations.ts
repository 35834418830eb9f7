import { sql } from "drizzle-orm";
import { boolean, check, integer, pgPolicy, pgTable, text } from "drizzle-orm/pg-core";
import { id, timestamptz, timestamps, version } from "@/db/column-types";
import { authRole, definerRole, tenantRoles } from "@/db/roles";
import { currentAccountId, currentOrgId } from "@/db/session-variables";

export const organizations = pgTable(
  "organizations",
  {
    id: id(),
    name: text().notNull(),
    sessionMinutes: integer(),
    idleMinutes: integer(),
    passwordMinLength: integer(),
    passwordNeedsSpecial: boolean().notNull().default(false),
    passwordExpiryDays: integer(),
    twoFactorRequired: boolean().notNull().default(false),
    partnerEnabledAt: timestamptz(),
    version: version(),
    ...timestamps(),
  },
  () => [
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
    pgPolicy("organizations_account_read", {
      for: "select",
      to: authRole,
      using: sql`(select ${currentAccountId}) is not null and exists (select 1 from memberships m where m.organization_id = organizations.id)`,
    }),
  ],
);
