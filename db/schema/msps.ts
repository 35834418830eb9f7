import { sql } from "drizzle-orm";
import { index, pgPolicy, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { id, timestamptz } from "@/db/column-types";
import { authRole, definerRole, tenantRoles } from "@/db/roles";
import { accounts, isOwnAccount } from "@/db/schema/accounts";
import { currentMspId } from "@/db/session-variables";
import { organizationColumn, orgPolicies } from "@/db/rls";

const isCurrentMsp = sql`msp_id = (select ${currentMspId})`;

/** Managed Service Providers, made by the operator. */
export const msps = pgTable(
  "msps",
  { id: id(), name: text().notNull(), createdAt: timestamptz().notNull().defaultNow(), /** Who of the operator. */ createdBy: text().notNull() },
  () => [
    pgPolicy("msps_current", { for: "all", to: authRole, using: sql`id = (select ${currentMspId})`, withCheck: sql`id = (select ${currentMspId})` }),
    pgPolicy("msps_of_administrator", { for: "select", to: authRole, using: sql`exists (select 1 from msp_administrators a where a.msp_id = msps.id)` }),
    pgPolicy("msps_of_organization", { for: "select", to: tenantRoles, using: sql`exists (select 1 from organization_msps o where o.msp_id = msps.id)` }),
  ],
);

/** The accounts that act for an MSP. */
export const mspAdministrators = pgTable(
  "msp_administrators",
  {
    mspId: uuid().notNull().references(() => msps.id, { onDelete: "cascade" }),
    accountId: uuid().notNull().references(() => accounts.id, { onDelete: "cascade" }),
    addedAt: timestamptz().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: "msp_administrators_key", columns: [t.mspId, t.accountId] }),
    index("msp_administrators_account").on(t.accountId),
    pgPolicy("msp_administrators_current", { for: "all", to: authRole, using: isCurrentMsp, withCheck: isCurrentMsp }),
    pgPolicy("msp_administrators_self", { for: "select", to: authRole, using: isOwnAccount }),
    pgPolicy("msp_administrators_definer_read", { for: "select", to: definerRole, using: sql`msp_id is not null` }),
  ],
);

/** The MSP of an organization; a request until an administrator of the MSP accepts it. */
export const organizationMsps = pgTable(
  "organization_msps",
  {
    ...organizationColumn(),
    mspId: uuid().notNull().references(() => msps.id),
    requestedAt: timestamptz().notNull().defaultNow(),
    acceptedAt: timestamptz(),
  },
  (t) => [
    primaryKey({ name: "organization_msps_key", columns: [t.organizationId] }),
    index("organization_msps_msp").on(t.mspId, t.organizationId),
    ...orgPolicies("organization_msps", "staff reads"),
    pgPolicy("organization_msps_current_msp", { for: "all", to: authRole, using: isCurrentMsp, withCheck: isCurrentMsp }),
    pgPolicy("organization_msps_definer_read", { for: "select", to: definerRole, using: sql`organization_id is not null` }),
  ],
);
