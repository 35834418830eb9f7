import "server-only";
import { count, desc, eq, isNull } from "drizzle-orm";
import {
  accountEvents,
  accounts,
  identities,
  membershipScopes,
  memberships,
  notificationChoices,
  organizations,
  passkeys,
  passwordNotices,
  recoveryCodes,
  sessions,
  usageEvents,
} from "@/db/schema";
import type { Tx } from "@/db/tx";
import { only } from "@/lib/kernel/rows";

const most = 10_000;

/** All personal data of an account, without hashes, secrets and data of other people. */
export async function ownCopy(tx: Tx, accountId: string) {
  const lists: Record<string, unknown[]> = {
    memberships: await membershipsIn(tx),
    sessions: await sessionsIn(tx),
    history: await historyIn(tx),
    linkedAccounts: await linkedAccountsIn(tx),
    passkeys: await passkeysIn(tx),
    notifications: await notificationsIn(tx),
    passwordReminders: await remindersIn(tx),
    pagesOpened: await pagesIn(tx),
  };
  const shortened = Object.keys(lists).filter((name) => (lists[name]?.length ?? 0) > most);
  const truncated = Object.fromEntries(Object.entries(lists).map(([name, rows]) => [name, rows.slice(0, most)]));
  return { writtenAt: new Date(), shortened, ...(await aboutPerson(tx, accountId)), ...truncated };
}

const profile = {
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
  twoFactorSince: accounts.twoFactorSince,
};

const preferences = {
  timeZone: accounts.timeZone,
  clock: accounts.clock24,
  macFormat: accounts.macFormat,
  usageAnalysisAllowed: accounts.analyticsAllowed,
};

async function aboutPerson(tx: Tx, accountId: string) {
  const row = await only(tx.select({ profile, preferences }).from(accounts).where(eq(accounts.id, accountId)));
  const recoveryCodesLeft = await tx.$count(recoveryCodes, isNull(recoveryCodes.usedAt));
  return { profile: { ...row.profile, recoveryCodesLeft }, preferences: row.preferences };
}

// Each query reads one row more than the limit, to detect truncation; RLS limits the rows to this account.
const membershipsIn = (tx: Tx) =>
  tx
    .select({
      organization: organizations.name,
      role: memberships.role,
      scope: memberships.scope,
      sitesNamed: count(membershipScopes.siteId),
      siteGroupsNamed: count(membershipScopes.groupId),
      since: memberships.acceptedAt,
    })
    .from(memberships)
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .leftJoin(membershipScopes, eq(membershipScopes.membershipId, memberships.id))
    .groupBy(memberships.id, organizations.id)
    .orderBy(organizations.name)
    .limit(most + 1);

const sessionsIn = (tx: Tx) =>
  tx
    .select({
      signedInAt: sessions.authTime,
      lastUsedAt: sessions.lastSeenAt,
      methods: sessions.methods,
      address: sessions.address,
      browser: sessions.browser,
      endedAt: sessions.revokedAt,
      endedBecause: sessions.revokeReason,
    })
    .from(sessions)
    .orderBy(desc(sessions.authTime))
    .limit(most + 1);

const historyIn = (tx: Tx) =>
  tx
    .select({
      at: accountEvents.occurredAt,
      event: accountEvents.name,
      detail: accountEvents.detail,
      address: accountEvents.address,
      browser: accountEvents.browser,
    })
    .from(accountEvents)
    .orderBy(desc(accountEvents.occurredAt), desc(accountEvents.id))
    .limit(most + 1);

const linkedAccountsIn = (tx: Tx) =>
  tx
    .select({ issuer: identities.issuer, email: identities.email, linkedAt: identities.linkedAt, lastUsedAt: identities.lastUsedAt })
    .from(identities)
    .orderBy(identities.linkedAt)
    .limit(most + 1);

const passkeysIn = (tx: Tx) =>
  tx
    .select({ name: passkeys.name, createdAt: passkeys.createdAt, lastUsedAt: passkeys.lastUsedAt, backedUp: passkeys.backedUp })
    .from(passkeys)
    .orderBy(passkeys.createdAt)
    .limit(most + 1);

const notificationsIn = (tx: Tx) =>
  tx
    .select({ organization: organizations.name, siteId: notificationChoices.siteId, chosenAt: notificationChoices.chosenAt })
    .from(notificationChoices)
    .innerJoin(organizations, eq(organizations.id, notificationChoices.organizationId))
    .orderBy(organizations.name, notificationChoices.chosenAt)
    .limit(most + 1);

const remindersIn = (tx: Tx) =>
  tx
    .select({ daysLeft: passwordNotices.stage, sentAt: passwordNotices.sentAt })
    .from(passwordNotices)
    .orderBy(desc(passwordNotices.sentAt))
    .limit(most + 1);

const pagesIn = (tx: Tx) =>
  tx
    .select({ page: usageEvents.page, at: usageEvents.occurredAt })
    .from(usageEvents)
    .orderBy(desc(usageEvents.occurredAt))
    .limit(most + 1);
