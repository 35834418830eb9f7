import { sql } from "drizzle-orm";
import { check, index, integer, pgPolicy, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { id, timestamptz, timestamps, version } from "@/db/column-types";
import { authRole, definerRole } from "@/db/roles";
import { accounts } from "@/db/schema/accounts";
import { siteGroups, sites } from "@/db/schema/sites";
import { currentAccountId, currentEmail, currentInvitationId } from "@/db/session-variables";
import { organizationColumn, orgPoliciesAndKey, orgPolicies, sameOrgForeignKey } from "@/db/rls";
import type { Role, ScopeKind } from "@/lib/shared/roles";

// Access that has ended grants nothing from that moment, also while the membership is still there.
const hasCurrentAccess = sql`(access_ends_at is null or access_ends_at > (select now()))`;
const ownAccess = sql`account_id = (select ${currentAccountId}) and ${hasCurrentAccess}`;
const ownInvitation = sql`id = (select ${currentInvitationId}) and email = (select ${currentEmail})`;

/** A person's role and site access in an organization; an invitation until it is accepted and has an account. */
export const memberships = pgTable(
  "memberships",
  {
    id: id(),
    ...organizationColumn(),
    accountId: uuid().references(() => accounts.id, { onDelete: "cascade" }),
    email: text().notNull(),
    firstName: text().notNull(),
    lastName: text().notNull(),
    searchText: text().notNull().generatedAlwaysAs(sql`fold_search(first_name || ' ' || last_name || ' ' || searchable_email(email))`),
    phone: text(),
    role: text().$type<Role>().notNull(),
    scope: text().$type<ScopeKind>().notNull().default("all"),
    invitedBy: uuid(),
    invitedAt: timestamptz(),
    expiresAt: timestamptz(),
    acceptedAt: timestamptz(),
    /** When the mail of a pending invitation was refused for good; until it is sent again. */
    emailFailedAt: timestamptz(),
    /** When the access ends by itself; null for access without an end date. */
    accessEndsAt: timestamptz(),
    lastSeenAt: timestamptz(),
    /** Sessions that signed in before this cannot enter the organization. */
    sessionsEndedAt: timestamptz(),
    /** When the member dismissed the first steps on the overview. */
    firstStepsDismissedAt: timestamptz(),
    version: version(),
    ...timestamps(),
  },
  (t) => [
    ...orgPoliciesAndKey("memberships", t, "staff reads"),
    unique("memberships_email_key").on(t.organizationId, t.email),
    unique("memberships_account_key").on(t.organizationId, t.accountId),
    index("memberships_account").on(t.accountId),
    index("memberships_access_end").on(t.accessEndsAt).where(sql`access_ends_at is not null`),
    check("memberships_scope", sql`scope in ('all', 'groups', 'sites')`),
    pgPolicy("memberships_definer_read", { for: "select", to: definerRole, using: sql`organization_id is not null` }),
    pgPolicy("memberships_definer_insert", {
      for: "insert",
      to: definerRole,
      withCheck: sql`account_id = (select ${currentAccountId}) and role = 'super_user'`,
    }),
    pgPolicy("memberships_account_read", {
      for: "select",
      to: authRole,
      using: ownAccess,
    }),
    pgPolicy("memberships_account_update", {
      for: "update",
      to: authRole,
      using: ownAccess,
      withCheck: ownAccess,
    }),
    pgPolicy("memberships_invitee_read", {
      for: "select",
      to: authRole,
      using: sql`${ownInvitation} and account_id is null`,
    }),
    pgPolicy("memberships_invitee_decline", {
      for: "delete",
      to: authRole,
      using: sql`${ownInvitation} and account_id is null`,
    }),
    pgPolicy("memberships_invitee_accept", {
      for: "update",
      to: authRole,
      using: sql`${ownInvitation} and account_id is null`,
      withCheck: sql`${ownInvitation} and (account_id is null or account_id = (select ${currentAccountId}))`,
    }),
  ],
);

/** One site or site group of a membership's scope. */
export const membershipScopes = pgTable(
  "membership_scopes",
  {
    id: id(),
    ...organizationColumn(),
    membershipId: uuid().notNull(),
    siteId: uuid(),
    groupId: uuid(),
  },
  (t) => [
    ...orgPolicies("membership_scopes", "staff reads"),
    sameOrgForeignKey("membership_scopes_membership", [t.organizationId, t.membershipId], memberships).onDelete("cascade"),
    sameOrgForeignKey("membership_scopes_site", [t.organizationId, t.siteId], sites).onDelete("cascade"),
    sameOrgForeignKey("membership_scopes_group", [t.organizationId, t.groupId], siteGroups).onDelete("cascade"),
    unique("membership_scopes_key").on(t.organizationId, t.membershipId, t.siteId, t.groupId).nullsNotDistinct(),
    check("membership_scopes_one_target", sql`num_nonnulls(site_id, group_id) = 1`),
    pgPolicy("membership_scopes_account_read", {
      for: "select",
      to: authRole,
      using: sql`exists (select 1 from memberships m where m.id = membership_scopes.membership_id)`,
    }),
  ],
);

/** Warnings that access ends: one row per email, so that no warning is sent twice. */
export const accessEndReminders = pgTable(
  "access_end_reminders",
  {
    ...organizationColumn(),
    membershipId: uuid().notNull(),
    accessEndsAt: timestamptz().notNull(),
    /** Days left until the access ends. */
    daysBefore: integer().notNull(),
    sentAt: timestamptz().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: "access_end_reminders_key", columns: [t.organizationId, t.membershipId, t.accessEndsAt, t.daysBefore] }),
    ...orgPolicies("access_end_reminders", "hidden from staff"),
    sameOrgForeignKey("access_end_reminders_membership", [t.organizationId, t.membershipId], memberships).onDelete("cascade"),
  ],
);
