import { v7 } from "uuid";
import type { Role } from "../../lib/shared/roles.ts";
import { inDatabase, type Owner } from "./database.ts";

type NewMember = { firstName: string; lastName: string; role: Role };

/** Members of an organization, each with an account and the owner's password: their membership ids. */
export const addMembers = ({ orgId, accountId }: Owner, members: readonly NewMember[]): Promise<string[]> =>
  inDatabase((db) =>
    db.begin(async (sql) => {
      const ids: string[] = [];
      for (const { firstName, lastName, role } of members) {
        const [account, membership] = [v7(), v7()];
        const email = `${firstName}-${account}@example.test`.toLowerCase();
        await sql`insert into accounts (id, email, first_name, last_name, password_hash, password_changed_at, analytics_allowed, terms_accepted_at)
          select ${account}, ${email}, ${firstName}, ${lastName}, password_hash, now(), 'no', now() from accounts where id = ${accountId}`;
        await sql`insert into memberships (id, organization_id, account_id, email, first_name, last_name, role, scope, accepted_at)
          values (${membership}, ${orgId}, ${account}, ${email}, ${firstName}, ${lastName}, ${role}, 'all', now())`;
        ids.push(membership);
      }
      return ids;
    }),
  );

type NewInvitation = { email: string; firstName: string; lastName: string; role: Role };

/** Pending invitations without a mail. */
export const addInvitations = ({ orgId, accountId }: Owner, invitations: readonly NewInvitation[]): Promise<unknown> =>
  inDatabase((sql) => {
    const rows = invitations.map(({ email, firstName, lastName, role }) => ({
      id: v7(),
      organization_id: orgId,
      email,
      first_name: firstName,
      last_name: lastName,
      role,
      scope: "all",
      invited_by: accountId,
      invited_at: new Date(),
      expires_at: new Date(Date.now() + 86_400_000),
    }));
    return sql`insert into memberships ${sql(rows)}`;
  });

type NewSite = { name: string; country?: string; group?: string };

/** Sites, each in a group where one is named. */
export const addSites = ({ orgId }: Owner, sites: readonly NewSite[]): Promise<unknown> =>
  inDatabase((db) =>
    db.begin(async (sql) => {
      const rows = sites.map(({ name, country = "DK" }) => ({ id: v7(), organization_id: orgId, name, country, time_zone: "Europe/Copenhagen" }));
      await sql`insert into sites ${sql(rows)}`;
      const groups = [...new Set(sites.flatMap(({ group }) => group ?? []))];
      for (const name of groups) {
        const members = rows.filter((_, index) => sites[index]?.group === name).map(({ id }) => id);
        await sql`with created as (
            insert into site_groups (id, organization_id, name) values (${v7()}, ${orgId}, ${name}) returning id
          )
          insert into site_group_members (organization_id, group_id, site_id) select ${orgId}, created.id, unnest(${members}::uuid[]) from created`;
      }
    }),
  );
