import "server-only";
import { and, eq, exists, ilike, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { accounts, memberships, membershipScopes, notificationChoices, siteGroupMembers, sites } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { type Actor, can } from "@/lib/access/actor";
import { containing, keyset } from "@/lib/kernel/keyset";
import { query, type View } from "@/lib/kernel/query";
import { GetChoices, ListNotified } from "@/lib/notifications/schema";

const { membershipId, siteId } = notificationChoices;

/** The membership whose choices an actor sees and changes; an actor that is no person has none. */
const ownMembership = ({ membershipId: own }: Actor) => sql`${own}::uuid`;

/** What a member has chosen to be told about: the organization, and how many of the sites they see, the first by name (ACC-26). */
export const notificationChoice = query({
  permission: "organization.read",
  input: GetChoices,
  async run(view) {
    const { tx, actor } = view;
    const own = and(eq(membershipId, ownMembership(actor)), isNull(siteId));
    const organization = (await tx.select({ id: notificationChoices.id }).from(notificationChoices).where(own)).length > 0;
    return { organization, ...(await chosenSites(view)) };
  },
});

async function chosenSites({ tx, actor }: View) {
  if (!can(actor, "site.read")) return { firstSite: null, sites: 0 };
  const [first] = await tx
    .select({ name: sites.name, count: sql<number>`count(*) over ()::int` })
    .from(notificationChoices)
    .innerJoin(sites, eq(sites.id, siteId))
    .where(eq(membershipId, ownMembership(actor)))
    .orderBy(sql`lower(${sites.name})`, sites.id)
    .limit(1);
  return { firstSite: first?.name ?? null, sites: first?.count ?? 0 };
}

/** The sites a member sees, each with whether they are told about it (ACC-26). */
export const listNotified = query({
  permission: "site.read",
  input: ListNotified,
  async run({ tx, actor }, { search, ...paging }) {
    const keys = { name: { by: sql`lower(${sites.name})`, type: "text" } } as const;
    const turn = keyset(paging, { keys, fallback: "name", id: sites.id });
    const chosen = and(eq(membershipId, ownMembership(actor)), eq(siteId, sites.id));
    const found = await tx
      .select({ id: sites.id, name: sites.name, on: sql<boolean>`${notificationChoices.id} is not null`, at: turn.at })
      .from(sites)
      .leftJoin(notificationChoices, chosen)
      .where(and(search ? ilike(sites.name, containing(search)) : undefined, turn.where))
      .orderBy(...turn.orderBy)
      .limit(turn.limit);
    return turn.page(found);
  },
});

/**
 * Who is told of an event at this site, or of one of the organization where it is none: members who chose it, who may
 * use their account, and whose access covers it (ACC-26, ALR-2).
 */
export function toldOf(tx: Tx, about: { siteId: string | null }) {
  const { accountId, scope } = memberships;
  const place = about.siteId;
  const wanted = place === null ? isNull(siteId) : or(isNull(siteId), eq(siteId, place));
  const chosen = tx.select({ id: notificationChoices.id }).from(notificationChoices).where(and(eq(membershipId, memberships.id), wanted));
  return tx
    .select({ accountId: accounts.id, email: accounts.email, firstName: accounts.firstName, lastName: accounts.lastName })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, accountId))
    .where(and(isNotNull(accountId), isNull(accounts.suspendedAt), exists(chosen), or(eq(scope, "all"), place ? reaches(tx, place) : undefined)))
    .orderBy(accounts.email);
}

/** Whether a membership's scope holds a site, by itself or by one of its groups. */
function reaches(tx: Tx, place: string): SQL {
  const { siteId: site, groupId } = membershipScopes;
  const held = tx
    .select({ id: membershipScopes.id })
    .from(membershipScopes)
    .leftJoin(siteGroupMembers, and(eq(siteGroupMembers.groupId, groupId), eq(siteGroupMembers.siteId, place)))
    .where(and(eq(membershipScopes.membershipId, memberships.id), or(eq(site, place), isNotNull(siteGroupMembers.siteId))));
  return exists(held);
}
