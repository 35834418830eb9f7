import "server-only";
import { asc, ilike, or, sql } from "drizzle-orm";
import { memberships, sites } from "@/db/schema";
import { can } from "@/lib/access/actor";
import { FindPlaces } from "@/lib/finder/schema";
import { containing } from "@/lib/kernel/keyset";
import { query, type View } from "@/lib/kernel/query";

const atMost = 8;

/** Sites and administrators whose name or email contains the search term and which the actor may see. */
export const findPlaces = query({
  permission: "organization.read",
  input: FindPlaces,
  async run(context, { q }) {
    const root = `/orgs/${context.actor.orgId}`;
    const [siteRows, people] = [await sitesCalled(context, q), await peopleCalled(context, q)];
    return [
      ...siteRows.map(({ id, name }) => ({ label: name, href: `${root}/sites/${id}`, group: "Sites" })),
      ...people.map(({ id, name, email }) => ({ label: name, hint: email, href: `${root}/administrators/${id}`, group: "Administrators" })),
    ];
  },
});

async function sitesCalled({ tx, actor }: View, q: string) {
  if (!can(actor, "site.read")) return [];
  const matches = tx.select({ id: sites.id, name: sites.name }).from(sites).where(ilike(sites.name, containing(q)));
  return matches.orderBy(asc(sql`lower(${sites.name})`)).limit(atMost);
}

async function peopleCalled({ tx, actor }: View, q: string) {
  if (!can(actor, "administrator.read")) return [];
  const name = sql<string>`${memberships.firstName} || ' ' || ${memberships.lastName}`;
  return tx
    .select({ id: memberships.id, name, email: memberships.email })
    .from(memberships)
    .where(or(ilike(name, containing(q)), ilike(memberships.email, containing(q))))
    .orderBy(asc(sql`lower(${name})`))
    .limit(atMost);
}
