import { sql } from "drizzle-orm";
import { check, index, pgPolicy, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { id, moment, timestamps, version } from "@/db/columns";
import { authRole, ledgerRole } from "@/db/roles";
import { accounts } from "@/db/schema/accounts";
import { siteGroups, sites } from "@/db/schema/sites";
import { currentAccount, currentEmail, currentInvitation } from "@/db/settings";
import { belongsToOrg, orgIsolation, orgPolicy, sameOrg } from "@/db/tenant-columns";
import type { Role, ScopeKind } from "@/lib/vocabulary/access";

const ownInvitation = sql`id = (select ${currentInvitation}) and email = (select ${currentEmail})`;

/** A person's role and scope in an organization; an invitation until it is accepted and has a login. */
export const memberships = pgTable(
  "memberships",
  {
    id: id(),
    ...belongsToOrg(),
    accountId: uuid().references(() => accounts.id, { onDelete: "cascade" }),
    email: text().notNull(),
    firstName: text().notNull(),
    lastName: text().notNull(),
    phone: text(),
    role: text().$type<Role>().notNull(),
    scope: text().$type<ScopeKind>().notNull().default("all"),
    invitedBy: uuid(),
    invitedAt: moment(),
    expiresAt: moment(),
    acceptedAt: moment(),
    lastSeenAt: moment(),
    /** Who signed in before this must sign in again to enter this organization (SES-8). */
    sessionsEndedAt: moment(),
    version: version(),
    ...timestamps(),
  },
  (t) => [
    ...orgIsolation("memberships", t),
    unique("memberships_email_key").on(t.organizationId, t.email),
    unique("memberships_account_key").on(t.organizationId, t.accountId),
    index("memberships_account").on(t.accountId),
    check("memberships_scope", sql`scope in ('all', 'groups', 'sites')`),
    pgPolicy("memberships_for_retention", { for: "select", to: ledgerRole, using: sql`organization_id is not null` }),
    pgPolicy("memberships_of_account", {
      for: "select",
      to: authRole,
      using: sql`account_id = (select ${currentAccount})`,
    }),
    pgPolicy("memberships_readdressed", {
      for: "update",
      to: authRole,
      using: sql`account_id = (select ${currentAccount})`,
      withCheck: sql`account_id = (select ${currentAccount})`,
    }),
    pgPolicy("memberships_of_invited", {
      for: "select",
      to: authRole,
      using: sql`${ownInvitation} and account_id is null`,
    }),
    pgPolicy("memberships_taken_up", {
      for: "update",
      to: authRole,
      using: sql`${ownInvitation} and account_id is null`,
      withCheck: sql`${ownInvitation} and (account_id is null or account_id = (select ${currentAccount}))`,
    }),
  ],
);

/** One site or one group of sites in a membership's scope. */
export const membershipScopes = pgTable(
  "membership_scopes",
  {
    id: id(),
    ...belongsToOrg(),
    membershipId: uuid().notNull(),
    siteId: uuid(),
    groupId: uuid(),
  },
  (t) => [
    orgPolicy("membership_scopes"),
    sameOrg("membership_scopes_membership", [t.organizationId, t.membershipId], memberships).onDelete("cascade"),
    sameOrg("membership_scopes_site", [t.organizationId, t.siteId], sites).onDelete("cascade"),
    sameOrg("membership_scopes_group", [t.organizationId, t.groupId], siteGroups).onDelete("cascade"),
    unique("membership_scopes_once").on(t.organizationId, t.membershipId, t.siteId, t.groupId).nullsNotDistinct(),
    check("membership_scopes_one", sql`num_nonnulls(site_id, group_id) = 1`),
    pgPolicy("membership_scopes_of_account", {
      for: "select",
      to: authRole,
      using: sql`exists (select 1 from memberships m where m.id = membership_scopes.membership_id)`,
    }),
  ],
);
