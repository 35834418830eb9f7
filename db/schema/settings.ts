import { sql } from "drizzle-orm";
import { pgPolicy, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea, timestamptz } from "@/db/column-types";
import { organizationColumn, orgPolicies } from "@/db/rls";
import { definerRole } from "@/db/roles";

/** Secrets of the settings, such as API tokens of other services, by their path in the settings document. */
export const organizationSecrets = pgTable(
  "organization_secrets",
  {
    ...organizationColumn(),
    name: text().notNull(),
    encryptedValue: bytea().notNull(),
    setAt: timestamptz().notNull().defaultNow(),
    /** The actor, whose name is in the audit log. */
    setById: uuid().notNull(),
  },
  (t) => [
    primaryKey({ name: "organization_secrets_key", columns: [t.organizationId, t.name] }),
    ...orgPolicies("organization_secrets", "hidden from staff"),
    pgPolicy("organization_secrets_definer_read", { for: "select", to: definerRole, using: sql`true` }),
  ],
);
