import "server-only";
import { count, desc, eq, isNull } from "drizzle-orm";
import {
  accountEvents,
  accounts,
  identities,
  membershipScopes,
  memberships,
  mspAdministrators,
  msps,
  notificationSubscriptions,
  organizations,
  passkeys,
  passwordReminders,
  recoveryCodes,
  savedViews,
  sessions,
  usageEvents,
} from "@/db/schema";
import { naturalOrder } from "@/db/text-order";
import type { Tx } from "@/db/tx";
import { expectOne } from "@/lib/kernel/expect-one";

const maxRows = 10_000;

/** All personal data of an account, without hashes, secrets and data of other people. */
export async function collectAccountData(tx: Tx, accountId: string) {
  const lists: Record<string, unknown[]> = {
    memberships: await selectMemberships(tx),
    managedServiceProviders: await selectMsps(tx),
    sessions: await selectSessions(tx),
    history: await selectHistory(tx),
    linkedAccounts: await selectLinkedAccounts(tx),
    passkeys: await selectPasskeys(tx),
    notifications: await selectNotifications(tx),
    passwordReminders: await selectPasswordReminders(tx),
    savedViews: await selectSavedViews(tx),
    pagesOpened: await selectPageViews(tx),
  };
  const shortened = Object.keys(lists).filter((name) => (lists[name]?.length ?? 0) > maxRows);
  const truncated = Object.fromEntries(Object.entries(lists).map(([name, rows]) => [name, rows.slice(0, maxRows)]));
  return { writtenAt: new Date(), shortened, ...(await accountDetails(tx, accountId)), ...truncated };
}

const profileColumns = {
  email: accounts.email,
  firstName: accounts.firstName,
  lastName: accounts.lastName,
  primaryPhone: accounts.phone,
  secondaryPhone: accounts.secondPhone,
  region: accounts.region,
  userGroup: accounts.userGroup,
  createdAt: accounts.createdAt,
  termsAcceptedAt: accounts.termsAcceptedAt,
  lastSignInAt: accounts.lastSignInAt,
  passwordChangedAt: accounts.passwordChangedAt,
  twoFactorEnabledAt: accounts.twoFactorEnabledAt,
};

const preferenceColumns = {
  timeZone: accounts.timeZone,
  clock: accounts.hourCycle,
  macFormat: accounts.macFormat,
  usageAnalysisAllowed: accounts.analyticsAllowed,
};

async function accountDetails(tx: Tx, accountId: string) {
  const row = await expectOne(tx.select({ profile: profileColumns, preferences: preferenceColumns }).from(accounts).where(eq(accounts.id, accountId)));
  const recoveryCodesLeft = await tx.$count(recoveryCodes, isNull(recoveryCodes.usedAt));
  return { profile: { ...row.profile, recoveryCodesLeft }, preferences: row.preferences };
}

// Each query reads one row more than the limit, to detect truncation; RLS limits the rows to this account.
const selectMemberships = (tx: Tx) =>
  tx
    .select({
      organization: organizations.name,
      role: memberships.role,
      scope: memberships.scope,
      sitesNamed: count(membershipScopes.siteId),
      siteGroupsNamed: count(membershipScopes.groupId),
      since: memberships.acceptedAt,
      accessEndsAt: memberships.accessEndsAt,
    })
    .from(memberships)
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .leftJoin(membershipScopes, eq(membershipScopes.membershipId, memberships.id))
    .groupBy(memberships.id, organizations.id)
    .orderBy(naturalOrder(organizations.name))
    .limit(maxRows + 1);

const selectMsps = (tx: Tx) =>
  tx
    .select({ name: msps.name, since: mspAdministrators.addedAt })
    .from(mspAdministrators)
    .innerJoin(msps, eq(msps.id, mspAdministrators.mspId))
    .orderBy(mspAdministrators.addedAt)
    .limit(maxRows + 1);

const selectSessions = (tx: Tx) =>
  tx
    .select({
      signedInAt: sessions.authTime,
      lastUsedAt: sessions.lastSeenAt,
      methods: sessions.methods,
      address: sessions.ipAddress,
      browser: sessions.userAgent,
      endedAt: sessions.revokedAt,
      endedBecause: sessions.revokeReason,
    })
    .from(sessions)
    .orderBy(desc(sessions.authTime))
    .limit(maxRows + 1);

const selectHistory = (tx: Tx) =>
  tx
    .select({
      at: accountEvents.occurredAt,
      event: accountEvents.name,
      detail: accountEvents.detail,
      address: accountEvents.ipAddress,
      browser: accountEvents.userAgent,
    })
    .from(accountEvents)
    .orderBy(desc(accountEvents.occurredAt), desc(accountEvents.id))
    .limit(maxRows + 1);

const selectLinkedAccounts = (tx: Tx) =>
  tx
    .select({ issuer: identities.issuer, email: identities.email, linkedAt: identities.linkedAt, lastUsedAt: identities.lastUsedAt })
    .from(identities)
    .orderBy(identities.linkedAt)
    .limit(maxRows + 1);

const selectPasskeys = (tx: Tx) =>
  tx
    .select({ name: passkeys.name, createdAt: passkeys.createdAt, lastUsedAt: passkeys.lastUsedAt, backedUp: passkeys.backedUp })
    .from(passkeys)
    .orderBy(passkeys.createdAt)
    .limit(maxRows + 1);

const selectNotifications = (tx: Tx) =>
  tx
    .select({ organization: organizations.name, siteId: notificationSubscriptions.siteId, chosenAt: notificationSubscriptions.subscribedAt })
    .from(notificationSubscriptions)
    .innerJoin(organizations, eq(organizations.id, notificationSubscriptions.organizationId))
    .orderBy(naturalOrder(organizations.name), notificationSubscriptions.subscribedAt)
    .limit(maxRows + 1);

const selectPasswordReminders = (tx: Tx) =>
  tx
    .select({ daysLeft: passwordReminders.daysBefore, sentAt: passwordReminders.sentAt })
    .from(passwordReminders)
    .orderBy(desc(passwordReminders.sentAt))
    .limit(maxRows + 1);

const selectSavedViews = (tx: Tx) =>
  tx
    .select({ organization: organizations.name, list: savedViews.list, name: savedViews.name, query: savedViews.query, savedAt: savedViews.savedAt })
    .from(savedViews)
    .innerJoin(organizations, eq(organizations.id, savedViews.organizationId))
    .orderBy(naturalOrder(organizations.name), naturalOrder(savedViews.list), naturalOrder(savedViews.name))
    .limit(maxRows + 1);

const selectPageViews = (tx: Tx) =>
  tx
    .select({ page: usageEvents.page, at: usageEvents.occurredAt })
    .from(usageEvents)
    .orderBy(desc(usageEvents.occurredAt))
    .limit(maxRows + 1);
