import { type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, foreignKey, pgPolicy, unique, uuid } from "drizzle-orm/pg-core";
import { tenantRoles } from "@/db/roles";
import { organizations } from "@/db/schema/organizations";
import { allSites, currentOrg, visibleSites } from "@/db/settings";

type OrgKey = { id: AnyPgColumn; organizationId: AnyPgColumn };

/** Filled from the transaction, so no caller ever names the tenant. */
export const belongsToOrg = () => ({
  organizationId: uuid()
    .notNull()
    .default(currentOrg)
    .references(() => organizations.id, { onDelete: "cascade" }),
});

const ownRows = sql`organization_id = (select ${currentOrg})`;

export const orgPolicy = (table: string) =>
  pgPolicy(`${table}_own_org`, { for: "all", to: tenantRoles, using: ownRows, withCheck: ownRows });

export const orgIsolation = (table: string, t: OrgKey) => [
  orgPolicy(table),
  unique(`${table}_org_key`).on(t.organizationId, t.id),
];

const inVisibleSites = (site: SQL) => sql`(select ${allSites}) or ${site} = any ((select ${visibleSites})::uuid[])`;

/** For tables whose rows lie in one site. Nothing set means nothing visible. */
export const siteIsolation = (table: string, site: SQL) =>
  pgPolicy(`${table}_visible_sites`, {
    as: "restrictive",
    for: "all",
    to: tenantRoles,
    using: inVisibleSites(site),
    withCheck: inVisibleSites(site),
  });

/** For entries that anyone may add where they act, and only those who see the site may read. */
export const siteReading = (table: string, site: SQL) => [
  pgPolicy(`${table}_read_visible_sites`, {
    as: "restrictive",
    for: "select",
    to: tenantRoles,
    using: inVisibleSites(site),
  }),
];

/** Foreign keys ignore row security, so a reference between tenant tables must carry the tenant. */
export const sameOrg = (name: string, from: [AnyPgColumn, AnyPgColumn], to: OrgKey) =>
  foreignKey({
    name: `${name}_same_org`,
    columns: from,
    foreignColumns: [to.organizationId, to.id],
  });
