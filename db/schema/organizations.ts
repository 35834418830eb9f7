import { sql } from "drizzle-orm";
import { boolean, check, integer, pgPolicy, pgTable, text } from "drizzle-orm/pg-core";
import { id, moment, timestamps, version } from "@/db/columns";
import { authRole, ledgerRole, tenantRoles } from "@/db/roles";
import { currentAccount, currentOrg } from "@/db/settings";

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
    partnerSince: moment(),
    version: version(),
    ...timestamps(),
  },
  () => [
    check("organizations_password_expiry_days", sql`password_expiry_days between 1 and 365`),
    pgPolicy("organizations_definer_read", { for: "select", to: ledgerRole, using: sql`true` }),
    pgPolicy("organizations_definer_lock", { for: "update", to: ledgerRole, using: sql`true`, withCheck: sql`false` }),
    pgPolicy("organizations_tenant", {
      for: "all",
      to: tenantRoles,
      using: sql`id = (select ${currentOrg})`,
      withCheck: sql`id = (select ${currentOrg})`,
    }),
    pgPolicy("organizations_account_read", {
      for: "select",
      to: authRole,
      using: sql`(select ${currentAccount}) is not null and exists (select 1 from memberships m where m.organization_id = organizations.id)`,
    }),
  ],
);
