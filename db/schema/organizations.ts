import { sql } from "drizzle-orm";
import { integer, pgPolicy, pgTable, text } from "drizzle-orm/pg-core";
import { id, timestamps, version } from "@/db/columns";
import { authRole, tenantRoles } from "@/db/roles";
import { currentAccount, currentOrg } from "@/db/settings";

export const organizations = pgTable(
  "organizations",
  {
    id: id(),
    name: text().notNull(),
    sessionMinutes: integer(),
    idleMinutes: integer(),
    passwordMinLength: integer(),
    version: version(),
    ...timestamps(),
  },
  () => [
    pgPolicy("organizations_own", {
      for: "all",
      to: tenantRoles,
      using: sql`id = (select ${currentOrg})`,
      withCheck: sql`id = (select ${currentOrg})`,
    }),
    pgPolicy("organizations_of_account", {
      for: "select",
      to: authRole,
      using: sql`(select ${currentAccount}) is not null and exists (select 1 from memberships m where m.organization_id = organizations.id)`,
    }),
  ],
);
