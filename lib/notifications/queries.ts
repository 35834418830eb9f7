import "server-only";
import { and, eq, exists, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { accounts, memberships, membershipScopes, notificationSubscriptions, siteGroupMembers, sites } from "@/db/schema";
import { naturalOrder } from "@/db/text-order";
import type { Tx } from "@/db/tx";
import { type Actor, can } from "@/lib/access/actor";
import { hasCurrentAccess } from "@/lib/administrators/queries";
import { keyset } from "@/lib/kernel/keyset-pagination";
import { query, type QueryContext } from "@/lib/kernel/query";
import { searchCondition } from "@/lib/kernel/text-search";
import { siteNameMatches } from "@/lib/sites/queries";
import { GetNotificationSummary, ListSiteNotifications } from "@/lib/notifications/schema";

const { membershipId, siteId } = notificationSubscriptions;

const ownMembership = ({ membershipId: id }: Actor) => sql`${id}::uuid`;

/** Whether the member is subscribed to the organization, to how many visible sites, and the first of these by name. */
export const getNotificationSummary = query({
  permission: "organization.read",
  input: GetNotificationSummary,
  async run(view) {
    const { tx, actor } = view;
    const own = and(eq(membershipId, ownMembership(actor)), isNull(siteId));
    const organization = (await tx.select({ id: notificationSubscriptions.id }).from(notificationSubscriptions).where(own)).length > 0;
    return { organization, ...(await subscribedSites(view)) };
  },
});

async function subscribedSites({ tx, actor }: QueryContext) {
  if (!can(actor, "site.read")) return { firstSite: null, sites: 0 };
  const [first] = await tx
    .select({ name: sites.name, count: sql<number>`count(*) over ()::int` })
    .from(notificationSubscriptions)
    .innerJoin(sites, eq(sites.id, siteId))
    .where(eq(membershipId, ownMembership(actor)))
    .orderBy(naturalOrder(sites.name), sites.id)
    .limit(1);
  return { firstSite: first?.name ?? null, sites: first?.count ?? 0 };
}

/** A page of the visible sites, each with whether the member is subscribed to it. */
export const listSiteNotifications = query({
  permission: "site.read",
  input: ListSiteNotifications,
  async run({ tx, actor }, { search, ...paging }) {
    const keys = { name: { by: sites.name, type: "text" } } as const;
    const pageQuery = keyset(paging, { sortKeys: keys, defaultSort: "name", idColumn: sites.id });
    const subscription = and(eq(membershipId, ownMembership(actor)), eq(siteId, sites.id));
    const rows = await tx
      .select({ id: sites.id, name: sites.name, on: sql<boolean>`${notificationSubscriptions.id} is not null`, at: pageQuery.at })
      .from(sites)
      .leftJoin(notificationSubscriptions, subscription)
      .where(and(searchCondition(search, siteNameMatches), pageQuery.where))
      .orderBy(...pageQuery.orderBy)
      .limit(pageQuery.limit);
    return pageQuery.page(rows);
  },
});

/** The recipients for an event of a site, or of the organization: subscribed, not suspended, and with access to it that has not ended. */
export function listNotificationRecipients(tx: Tx, event: { siteId: string | null }) {
  const { accountId, scope } = memberships;
  const eventSiteId = event.siteId;
  const matching = eventSiteId === null ? isNull(siteId) : or(isNull(siteId), eq(siteId, eventSiteId));
  const subscribed = tx.select({ id: notificationSubscriptions.id }).from(notificationSubscriptions).where(and(eq(membershipId, memberships.id), matching));
  return tx
    .select({ accountId: accounts.id, email: accounts.email, firstName: accounts.firstName, lastName: accounts.lastName })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, accountId))
    .where(and(isNotNull(accountId), isNull(accounts.suspendedAt), hasCurrentAccess, exists(subscribed), or(eq(scope, "all"), eventSiteId ? scopeIncludesSite(tx, eventSiteId) : undefined)))
    .orderBy(naturalOrder(accounts.email));
}

/** True when the membership's scope contains the site directly or through a group. */
function scopeIncludesSite(tx: Tx, id: string): SQL {
  const { siteId: scopeSiteId, groupId } = membershipScopes;
  const scopes = tx
    .select({ id: membershipScopes.id })
    .from(membershipScopes)
    .leftJoin(siteGroupMembers, and(eq(siteGroupMembers.groupId, groupId), eq(siteGroupMembers.siteId, id)))
    .where(and(eq(membershipScopes.membershipId, memberships.id), or(eq(scopeSiteId, id), isNotNull(siteGroupMembers.siteId))));
  return exists(scopes);
}
