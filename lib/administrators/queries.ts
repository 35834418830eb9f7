import "server-only";
import { and, eq, gt, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type * as z from "zod/mini";
import { accounts, memberships, membershipScopes, siteGroupMembers, siteGroups, sites } from "@/db/schema";
import { naturalOrder } from "@/db/text-order";
import type { Tx } from "@/db/tx";
import { type AdministratorStatus, canGrant, exceedsOwnAccessError, type SiteAccess } from "@/lib/administrators/rules";
import { GetAdministrator, GetRevocationImpact, InviteSeveral, ListAdministrators, SelectAdministrators } from "@/lib/administrators/schema";
import { batchSize, countUpToLimit, keyset, uuidArray } from "@/lib/kernel/keyset-pagination";
import { selectedNames, selectedRows, selectionLimit } from "@/lib/kernel/bulk";
import { query } from "@/lib/kernel/query";
import { searchCondition } from "@/lib/kernel/text-search";
import { foldSearch } from "@/lib/shared/fold-text";
import { type Invitee, inviteeLabel, readInvitees } from "@/lib/shared/invitee-list";
import { roles, roleNames } from "@/lib/shared/roles";
import { notFoundError } from "@/lib/shared/app-error";
import type { BulkOutcome } from "@/lib/shared/selection";

/** Matches access that has not ended by its end date. */
export const hasCurrentAccess = or(isNull(memberships.accessEndsAt), gt(memberships.accessEndsAt, sql`now()`));

const status = sql<AdministratorStatus>`case
  when ${memberships.accessEndsAt} <= now() then 'ended'
  when ${memberships.accountId} is not null then case when ${accounts.suspendedAt} is null then 'active' else 'suspended' end
  when ${memberships.acceptedAt} is not null then 'accepted'
  when ${memberships.expiresAt} <= now() then 'expired'
  when ${memberships.emailFailedAt} is not null then 'undeliverable'
  else 'invited' end`;

const firstName = sql<string>`coalesce(${accounts.firstName}, ${memberships.firstName})`;
const lastName = sql<string>`coalesce(${accounts.lastName}, ${memberships.lastName})`;
const email = sql<string>`coalesce(${accounts.email}, ${memberships.email})`;
/** The full name, or the address while an invited person has no name yet. */
export const name = sql<string>`coalesce(nullif(btrim(${firstName} || ' ' || ${lastName}), ''), ${email})`;
const roleLabel = sql`case ${sql.join(roleNames.map((role) => sql`when ${memberships.role} = ${role} then ${roles[role].label}`), sql` `)} else '' end`;

// Row-level security hides sites and groups that the viewer may not see: they are neither named nor counted.
const visibleScopes = sql`(
  select coalesce(s.name, g.name) as name from ${membershipScopes} x
  left join ${sites} s on s.id = x.site_id left join ${siteGroups} g on g.id = x.group_id
  where ${memberships.scope} <> 'all' and x.membership_id = ${memberships.id} and coalesce(s.id, g.id) is not null)`;

const scopeNames = (limit: SQL) => sql<string[]>`array(select p.name from ${visibleScopes} p order by ${naturalOrder(sql`p.name`)} ${limit})`;
/** The names of the sites or groups that a viewer sees: the first of them, more, and all. */
export const [someNames, manyNames, allNames] = [scopeNames(sql`limit 3`), scopeNames(sql`limit 20`), scopeNames(sql``)];

/** The only columns of an administrator that leave the server. */
export const administratorColumns = {
  id: memberships.id,
  accountId: memberships.accountId,
  firstName,
  lastName,
  name,
  email,
  phone: memberships.phone,
  role: memberships.role,
  scope: memberships.scope,
  names: someNames,
  count: sql<number>`(select count(*)::int from ${visibleScopes} p)`,
  lastSignInAt: accounts.lastSignInAt,
  twoFactorEnabledAt: accounts.twoFactorEnabledAt,
  passwordChangedAt: accounts.passwordChangedAt,
  invitedBy: memberships.invitedBy,
  invitedAt: memberships.invitedAt,
  expiresAt: memberships.expiresAt,
  emailFailedAt: memberships.emailFailedAt,
  accessEndsAt: memberships.accessEndsAt,
  status,
  version: memberships.version,
};

const selectAdministrators = (tx: Tx, names = someNames) =>
  tx
    .select({ ...administratorColumns, names })
    .from(memberships)
    .leftJoin(accounts, eq(accounts.id, memberships.accountId))
    .$dynamic();

export type Administrator = Awaited<ReturnType<typeof selectAdministrators>>[number];

/** The administrator or invitation with this id, if it exists. */
export async function findAdministrator(tx: Tx, administratorId: string): Promise<Administrator | undefined> {
  const [found] = await selectAdministrators(tx, manyNames).where(eq(memberships.id, administratorId));
  return found;
}

/** The administrator or invitation with this id; throws `not_found`. */
export async function administratorById(tx: Tx, administratorId: string): Promise<Administrator> {
  const found = await findAdministrator(tx, administratorId);
  if (!found) throw notFoundError("Administrator");
  return found;
}

/** The scopes of a membership for the audit log; those that the actor cannot see are counted but not named. */
export async function accessScopes(tx: Tx, administratorId: string): Promise<Pick<SiteAccess, "names" | "count">> {
  const [found] = await selectAdministrators(tx, allNames).where(eq(memberships.id, administratorId));
  const count = await tx.$count(membershipScopes, eq(membershipScopes.membershipId, administratorId));
  return { names: found?.names ?? [], count };
}

/** The ids of the sites and groups of a membership that the actor can see, and the name of each. */
export async function visibleScopeIds(tx: Tx, administratorId: string): Promise<{ sites: string[]; groups: string[]; labels: Record<string, string> }> {
  const rows = await tx
    .select({ siteId: sites.id, groupId: siteGroups.id, label: sql<string>`coalesce(${sites.name}, ${siteGroups.name}, '')` })
    .from(membershipScopes)
    .leftJoin(sites, eq(sites.id, membershipScopes.siteId))
    .leftJoin(siteGroups, eq(siteGroups.id, membershipScopes.groupId))
    .where(eq(membershipScopes.membershipId, administratorId));
  return {
    sites: rows.flatMap(({ siteId }) => siteId ?? []),
    groups: rows.flatMap(({ groupId }) => groupId ?? []),
    labels: Object.fromEntries(rows.map(({ siteId, groupId, label }) => [siteId ?? groupId ?? "", label])),
  };
}

/** "on", "off", or empty without an account. */
export const twoFactor = sql`case when ${accounts.id} is null then '' when ${accounts.twoFactorEnabledAt} is null then 'off' else 'on' end`;

const soonDays = 30;
const accessEnd = sql`case when ${memberships.accessEndsAt} is null then 'never'
  when ${memberships.accessEndsAt} <= now() + make_interval(days => ${soonDays}) then 'soon' else 'later' end`;

// Sites that the viewer cannot see match nobody.
const hasAccessTo = (siteIds: readonly string[]) => {
  const visible = sql`select s.id from ${sites} s where s.id = any(${uuidArray(siteIds)})`;
  return sql`case when ${memberships.scope} = 'all' then exists (${visible}) else exists (
    select 1 from ${membershipScopes} x left join ${siteGroupMembers} m on m.group_id = x.group_id
    where x.membership_id = ${memberships.id} and coalesce(x.site_id, m.site_id) in (${visible})) end`;
};

/** Whether a word is in the name, email address, role or site access of an administrator. */
export function administratorMatches(pattern: string, word: string) {
  const foundRoles = roleNames.filter((role) => foldSearch(roles[role].label).includes(word));
  return or(
    sql`coalesce(${accounts.searchText}, ${memberships.searchText}) like ${pattern}`,
    foundRoles.length > 0 ? inArray(memberships.role, foundRoles) : undefined,
    sql`${memberships.id} in (
      select x.membership_id from ${membershipScopes} x left join ${sites} s on s.id = x.site_id left join ${siteGroups} g on g.id = x.group_id
      where coalesce(s.search_text, g.search_text) like ${pattern} and fold_search(coalesce(s.name, g.name)) like ${pattern})`,
  );
}

type Filter = Pick<z.output<typeof ListAdministrators>, "search" | "role" | "status" | "twoFactor" | "accessEnd" | "site">;

/** The condition for the chosen values of a filter; none when nothing is chosen. */
export const anyOf = <T>(values: T | T[], condition: (values: T[]) => SQL) => ([values].flat().length > 0 ? condition([values].flat() as T[]) : undefined);

function filterCondition({ search, role = [], status: statuses = [], twoFactor: states = [], accessEnd: ends = [], site = [] }: Partial<Filter>): SQL | undefined {
  return and(
    searchCondition(search, administratorMatches),
    anyOf(role, (values) => inArray(memberships.role, values)),
    anyOf(statuses, (values) => inArray(status, values)),
    anyOf(states, (values) => inArray(twoFactor, values)),
    anyOf(ends, (values) => inArray(accessEnd, values)),
    anyOf(site, hasAccessTo),
  );
}

// Access without an end date comes last.
const accessEndOrder = sql`coalesce(${memberships.accessEndsAt}, '2999-12-31T00:00:00Z'::timestamptz)`;

// Seconds until a fixed future date, so that ages sort descending and cursors stay stable over time.
const passwordAge = sql`coalesce(to_timestamp(4102444800 - extract(epoch from ${accounts.passwordChangedAt})), '-infinity'::timestamptz)`;

const sortKeys = {
  name: { by: name, type: "text" },
  email: { by: email, type: "text" },
  role: { by: roleLabel, type: "text" },
  lastSignIn: { by: sql`coalesce(${accounts.lastSignInAt}, '-infinity'::timestamptz)`, type: "timestamptz" },
  twoFactor: { by: twoFactor, type: "text" },
  passwordAge: { by: passwordAge, type: "timestamptz" },
  status: { by: status, type: "text" },
  accessEnds: { by: accessEndOrder, type: "timestamptz" },
} as const;

type List = z.output<typeof ListAdministrators>;

async function readRows(tx: Tx, list: List, names: typeof someNames, size?: number) {
  const pageQuery = keyset(list, { sortKeys, defaultSort: "name", idColumn: memberships.id, size });
  const rows = await tx
    .select({ ...administratorColumns, names, at: pageQuery.at })
    .from(memberships)
    .leftJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(filterCondition(list), pageQuery.where))
    .orderBy(...pageQuery.orderBy)
    .limit(pageQuery.limit);
  return pageQuery.page(rows);
}

/** A page of administrators and invitations; `all` is the total without the filter, when one is set. */
export const listAdministrators = query({
  permission: "administrator.read",
  input: ListAdministrators,
  async run({ tx }, list) {
    const filter = filterCondition(list);
    const [page, all] = await Promise.all([readRows(tx, list, someNames), filter && countAdministrators(tx, {})]);
    const total = page.next || page.previous ? await countAdministrators(tx, list) : page.rows.length;
    return { ...page, total, all };
  },
});

/** The next batch of an export in the order of the page, with all scopes of each membership. */
export const readAdministratorBatch = query({
  permission: "administrator.read",
  input: ListAdministrators,
  run: ({ tx }, list) => readRows(tx, list, allNames, batchSize),
});

type Selection = z.output<typeof SelectAdministrators>;

/** The next rows of a selection, ordered by id. */
export const selectedAdministrators = (tx: Tx, { search, roles: role, statuses, twoFactor: states, accessEnd: ends, onSites, ...chosen }: Selection) => {
  const filter = filterCondition({ search, role, status: statuses, twoFactor: states, accessEnd: ends, site: onSites });
  return tx
    .select({ id: memberships.id, name })
    .from(memberships)
    .leftJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(...selectedRows(memberships.id, chosen, filter)))
    .orderBy(memberships.id)
    .limit(selectionLimit);
};

/** The names of the next rows of a selection, in the order of the list. */
export const getSelectedAdministrators = query({
  permission: "administrator.read",
  input: SelectAdministrators,
  run: async ({ tx }, selection) => selectedNames(await selectedAdministrators(tx, selection)),
});

/** The number of administrators and invitations that a filter shows, counted up to the limit. */
export const countAdministrators = (tx: Tx, filter: Partial<Filter>) =>
  countUpToLimit(tx, (limit) =>
    tx
      .select({ id: memberships.id })
      .from(memberships)
      .leftJoin(accounts, eq(accounts.id, memberships.accountId))
      .where(filterCondition(filter))
      .limit(limit),
  );

/** The number of pending invitations that the member sent, which end with the member's access. */
export const getRevocationImpact = query({
  permission: "administrator.revoke",
  input: GetRevocationImpact,
  async run({ tx }, { administratorId }) {
    const { accountId } = await administratorById(tx, administratorId);
    const pending = and(eq(memberships.invitedBy, sql`${accountId}::uuid`), isNull(memberships.accountId));
    return { invitations: await tx.$count(memberships, pending) };
  },
});

/** One administrator with the selected sites and groups, and the name of the inviter. */
export const getAdministrator = query({
  permission: "administrator.read",
  input: GetAdministrator,
  async run({ tx }, { administratorId }) {
    const found = await administratorById(tx, administratorId);
    const [inviter] = found.invitedBy
      ? await tx.select({ name }).from(memberships).innerJoin(accounts, eq(accounts.id, memberships.accountId)).where(eq(accounts.id, found.invitedBy))
      : [];
    const { labels: _, ...scopeIds } = await visibleScopeIds(tx, administratorId);
    return {
      ...found,
      ...scopeIds,
      inviter: inviter?.name ?? null,
    };
  },
});

/** The people of a pasted list or CSV file, each with what keeps them from being invited. */
export async function checkInvitees(tx: Tx, list: string) {
  const people = readInvitees(list);
  const emails = people.map((person) => person.email);
  const present = await tx
    .select({ invited: memberships.email, email, accountId: memberships.accountId })
    .from(memberships)
    .leftJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(or(inArray(memberships.email, emails), inArray(accounts.email, emails)));
  const obstacleOf = ({ email: address, fault }: Invitee) => {
    const found = present.find((row) => row.invited === address || row.email === address);
    if (fault || !found) return fault;
    return found.accountId ? "is already an administrator" : "is already invited. Resend the invitation instead";
  };
  return people.map((invitee, at) => ({ id: String(at), name: inviteeLabel(invitee), invitee, obstacle: obstacleOf(invitee) }));
}

/** What inviting a list of people would do with each of them. */
export const previewInvitations = query({
  permission: "administrator.invite",
  input: InviteSeveral,
  async run({ tx, actor }, { people, ...requested }): Promise<BulkOutcome> {
    if (!canGrant(actor, "administrator.invite", requested)) throw exceedsOwnAccessError();
    const items = await checkInvitees(tx, people);
    return { results: items.map(({ id, name: label, obstacle }) => ({ id, name: label, done: !obstacle, text: obstacle ?? "will be invited" })) };
  },
});
