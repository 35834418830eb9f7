import { type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, foreignKey, pgPolicy, unique, uuid } from "drizzle-orm/pg-core";
import { tenantRoles } from "@/db/roles";
import { organizations } from "@/db/schema/organizations";
import { allSites, currentOrgId, isNotStaff, visibleSiteIds } from "@/db/session-variables";

type OrgKey = { id: AnyPgColumn; organizationId: AnyPgColumn };

/** Defaults to the organization of the transaction, so that callers never pass it. */
export const organizationColumn = () => ({
  organizationId: uuid()
    .notNull()
    .default(currentOrgId)
    .references(() => organizations.id, { onDelete: "cascade" }),
});

const isOwnOrg = sql`organization_id = (select ${currentOrgId})`;

/** Whether support staff read the rows of a table while the organization allows it; secrets and what is personal stay hidden. */
export type StaffAccess = "staff reads" | "hidden from staff";

const isSupported = sql`(select o.support_access from organizations o where o.id = (select ${currentOrgId}))`;

/** Support staff read the rows that `visible` holds for, and change nothing. */
export const staffPolicies = (table: string, visible?: SQL) => [
  pgPolicy(`${table}_staff`, {
    as: "restrictive",
    for: "all",
    to: tenantRoles,
    using: visible ? sql`${isNotStaff} or ${visible}` : isNotStaff,
    withCheck: isNotStaff,
  }),
  ...(visible ? [pgPolicy(`${table}_staff_delete`, { as: "restrictive", for: "delete", to: tenantRoles, using: isNotStaff })] : []),
];

export const orgPolicies = (table: string, staff: StaffAccess) => [
  pgPolicy(`${table}_own_org`, { for: "all", to: tenantRoles, using: isOwnOrg, withCheck: isOwnOrg }),
  ...staffPolicies(table, staff === "staff reads" ? isSupported : undefined),
];

export const orgPoliciesAndKey = (table: string, t: OrgKey, staff: StaffAccess) => [
  ...orgPolicies(table, staff),
  unique(`${table}_org_key`).on(t.organizationId, t.id),
];

const isVisibleSite = (site: SQL) => sql`(select ${allSites}) or ${site} = any ((select ${visibleSiteIds})::uuid[])`;

/** For tables whose rows belong to a site. Without a setting no row is visible. */
export const sitePolicy = (table: string, site: SQL) =>
  pgPolicy(`${table}_visible_sites`, {
    as: "restrictive",
    for: "all",
    to: tenantRoles,
    using: isVisibleSite(site),
    withCheck: isVisibleSite(site),
  });

/** For rows that anyone in the organization may insert, but only people with access to the site may read. */
export const siteReadPolicy = (table: string, site: SQL) =>
  pgPolicy(`${table}_read_visible_sites`, { as: "restrictive", for: "select", to: tenantRoles, using: isVisibleSite(site) });

/** Foreign keys bypass row security, so references between tenant tables include the organization. */
export const sameOrgForeignKey = (name: string, from: [AnyPgColumn, AnyPgColumn], to: OrgKey) =>
  foreignKey({
    name: `${name}_same_org`,
    columns: from,
    foreignColumns: [to.organizationId, to.id],
  });
