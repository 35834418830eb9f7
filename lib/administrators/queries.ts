import "server-only";
import { and, eq, ilike, inArray, type SQL, sql } from "drizzle-orm";
import { accounts, memberships, membershipScopes, siteGroups, sites } from "@/db/schema";
import type { Tx } from "@/db/tx";
import type { Reach, Status } from "@/lib/administrators/rules";
import { GetAdministrator, ListAdministrators } from "@/lib/administrators/schema";
import { containing, keyset } from "@/lib/kernel/keyset";
import { query } from "@/lib/kernel/query";
import { type Role, roleFacts, roles } from "@/lib/vocabulary/access";
import { notFound } from "@/lib/vocabulary/fault";

const status = sql<Status>`case
  when ${memberships.accountId} is not null then case when ${accounts.suspendedAt} is null then 'active' else 'suspended' end
  when ${memberships.acceptedAt} is not null then 'accepted'
  when ${memberships.expiresAt} <= now() then 'expired'
  else 'invited' end`;

const firstName = sql<string>`coalesce(${accounts.firstName}, ${memberships.firstName})`;
const lastName = sql<string>`coalesce(${accounts.lastName}, ${memberships.lastName})`;
const email = sql<string>`coalesce(${accounts.email}, ${memberships.email})`;
const name = sql<string>`${firstName} || ' ' || ${lastName}`;
const roleLabel = sql`case ${sql.join(roles.map((role) => sql`when ${memberships.role} = ${role} then ${roleFacts[role].label}`), sql` `)} else '' end`;

// Joined with what row security shows of sites and groups: a place one does not see is neither named nor counted.
const places = sql`(
  select coalesce(s.name, g.name) as name from ${membershipScopes} x
  left join ${sites} s on s.id = x.site_id left join ${siteGroups} g on g.id = x.group_id
  where ${memberships.scope} <> 'all' and x.membership_id = ${memberships.id} and coalesce(s.id, g.id) is not null)`;

const namesOf = (most: SQL) => sql<string[]>`array(select p.name from ${places} p order by lower(p.name), p.name ${most})`;
const [someNames, manyNames, allNames] = [namesOf(sql`limit 3`), namesOf(sql`limit 20`), namesOf(sql``)];

/** What leaves the server about an administrator: list, page, CSV and events all select exactly this. */
const administratorColumns = {
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
  count: sql<number>`(select count(*)::int from ${places} p)`,
  lastSignInAt: accounts.lastSignInAt,
  twoFactorSince: accounts.twoFactorSince,
  passwordChangedAt: accounts.passwordChangedAt,
  invitedBy: memberships.invitedBy,
  invitedAt: memberships.invitedAt,
  expiresAt: memberships.expiresAt,
  status,
  version: memberships.version,
};

const selected = (tx: Tx, names = someNames) =>
  tx
    .select({ ...administratorColumns, names })
    .from(memberships)
    .leftJoin(accounts, eq(accounts.id, memberships.accountId))
    .$dynamic();

export type Administrator = Awaited<ReturnType<typeof selected>>[number];

/** An administrator or invitation of the organization, if it is there. */
export async function findAdministrator(tx: Tx, administratorId: string): Promise<Administrator | undefined> {
  const [found] = await selected(tx, manyNames).where(eq(memberships.id, administratorId));
  return found;
}

/** One administrator or invitation of the organization. */
export async function administratorById(tx: Tx, administratorId: string): Promise<Administrator> {
  const found = await findAdministrator(tx, administratorId);
  if (!found) throw notFound("Administrator");
  return found;
}

/** All places of a membership, for the audit log; those that the actor does not see are counted and not named. */
export async function everyPlace(tx: Tx, administratorId: string): Promise<Pick<Reach, "names" | "count">> {
  const [found] = await selected(tx, allNames).where(eq(memberships.id, administratorId));
  const count = await tx.$count(membershipScopes, eq(membershipScopes.membershipId, administratorId));
  return { names: found?.names ?? [], count };
}

/** The places of a membership that can be picked: those the actor sees. */
export async function pickedPlaces(tx: Tx, administratorId: string): Promise<{ sites: string[]; groups: string[] }> {
  const picked = await tx
    .select({ siteId: sites.id, groupId: siteGroups.id })
    .from(membershipScopes)
    .leftJoin(sites, eq(sites.id, membershipScopes.siteId))
    .leftJoin(siteGroups, eq(siteGroups.id, membershipScopes.groupId))
    .where(eq(membershipScopes.membershipId, administratorId));
  return { sites: picked.flatMap(({ siteId }) => siteId ?? []), groups: picked.flatMap(({ groupId }) => groupId ?? []) };
}

type Filter = { search?: string; role?: Role | Role[] };

const matching = ({ search, role }: Filter): SQL | undefined =>
  and(
    search ? ilike(sql`${name} || ' ' || ${email}`, containing(search)) : undefined,
    role ? inArray(memberships.role, [role].flat()) : undefined,
  );

// Counted to a moment far ahead, so that the older sorts as the greater and a place in the list stays where it is.
const passwordAge = sql`coalesce(to_timestamp(4102444800 - extract(epoch from ${accounts.passwordChangedAt})), '-infinity'::timestamptz)`;

const sortKeys = {
  name: { by: sql`lower(${name})`, type: "text" },
  email: { by: email, type: "text" },
  role: { by: roleLabel, type: "text" },
  lastSignIn: { by: sql`coalesce(${accounts.lastSignInAt}, '-infinity'::timestamptz)`, type: "timestamptz" },
  twoFactor: { by: sql`case when ${accounts.id} is null then '' when ${accounts.twoFactorSince} is null then 'off' else 'on' end`, type: "text" },
  passwordAge: { by: passwordAge, type: "timestamptz" },
  status: { by: status, type: "text" },
} as const;

export const listAdministrators = query({
  permission: "administrator.read",
  input: ListAdministrators,
  async run({ tx }, { search, role, ...paging }) {
    const filter = matching({ search, role });
    const turn = keyset(paging, { keys: sortKeys, fallback: "name", id: memberships.id });
    const found = await tx
      .select({ ...administratorColumns, at: turn.at })
      .from(memberships)
      .leftJoin(accounts, eq(accounts.id, memberships.accountId))
      .where(and(filter, turn.where))
      .orderBy(...turn.orderBy)
      .limit(turn.limit);
    const page = turn.page(found);
    const total = page.next || page.previous ? await countOf(tx, filter) : page.rows.length;
    return { ...page, total };
  },
});

async function countOf(tx: Tx, filter: SQL | undefined): Promise<number> {
  const [counted] = await tx
    .select({ total: sql<number>`count(*)::int` })
    .from(memberships)
    .leftJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(filter);
  return counted?.total ?? 0;
}

/** All that a filter shows, in the order of names, for the download. */
export const everyAdministrator = (tx: Tx, filter: Filter) =>
  selected(tx, allNames).where(matching(filter)).orderBy(sql`lower(${name})`, memberships.id);

/** One administrator with the places that are ticked on their page, and who invited them. */
export const getAdministrator = query({
  permission: "administrator.read",
  input: GetAdministrator,
  async run({ tx }, { administratorId }) {
    const found = await administratorById(tx, administratorId);
    const [inviter] = found.invitedBy
      ? await tx.select({ name }).from(memberships).innerJoin(accounts, eq(accounts.id, memberships.accountId)).where(eq(accounts.id, found.invitedBy))
      : [];
    return {
      ...found,
      ...(await pickedPlaces(tx, administratorId)),
      inviter: inviter?.name ?? null,
    };
  },
});
