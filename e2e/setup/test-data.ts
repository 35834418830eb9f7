import type { TransactionSql } from "postgres";
import { v7 } from "uuid";
import { demoPeople } from "../../db/seed/people.ts";
import type { Role } from "../../lib/shared/roles.ts";
import { inDatabase } from "./database.ts";
import { uniqueEmail, uniqueWord } from "./unique.ts";

export type Owner = { email: string; accountId: string; orgId: string; organization: string };
export type Member = { id: string; accountId: string; email: string };

type Names = { firstName: string; lastName: string };

/** An account with the password of the demo accounts. */
async function insertAccount(sql: TransactionSql, email: string, { firstName, lastName }: Names): Promise<string> {
  const id = v7();
  await sql`insert into accounts (id, email, first_name, last_name, password_hash, password_changed_at, analytics_allowed, terms_accepted_at)
    select ${id}, ${email}, ${firstName}, ${lastName}, password_hash, now(), 'no', now() from accounts where email = ${demoPeople[0]?.email ?? ""}`;
  return id;
}

async function insertMembership(sql: TransactionSql, orgId: string, accountId: string, role: Role): Promise<string> {
  const id = v7();
  await sql`insert into memberships (id, organization_id, account_id, email, first_name, last_name, role, scope, accepted_at)
    select ${id}, ${orgId}, id, email, first_name, last_name, ${role}, 'all', now() from accounts where id = ${accountId}`;
  return id;
}

/** A linked account without tokens, of an application that the portal under test has no client for. */
export function insertLinkedAccount(orgId: string): Promise<string> {
  const [id, name] = [v7(), uniqueWord("company")];
  return inDatabase(async (sql) => {
    await sql`insert into linked_accounts (id, organization_id, application, application_account_id, name, encrypted_tokens, linked_by_id)
      values (${id}, ${orgId}, 'teams', ${name}, ${name}, '', ${id})`;
    return id;
  });
}

/** A new organization and its Super User, with the password of the demo accounts. */
export function newOwner(word: string): Promise<Owner> {
  const name = uniqueWord(word);
  const [email, orgId] = [`${name}@example.test`, v7()];
  return inDatabase((db) =>
    db.begin(async (sql) => {
      await sql`insert into organizations (id, name) values (${orgId}, ${name})`;
      const accountId = await insertAccount(sql, email, { firstName: "Ines", lastName: "Lantern" });
      await insertMembership(sql, orgId, accountId, "super_user");
      return { email, accountId, orgId, organization: name };
    }),
  );
}

/** A new member of an organization who sees all sites, with the password of the demo accounts. */
export function addMember(orgId: string, { role = "observer", ...names }: Partial<Names> & { role?: Role } = {}): Promise<Member> {
  const { firstName = "Gert", lastName = "Ridder" } = names;
  const email = uniqueEmail(firstName.toLowerCase());
  return inDatabase((db) =>
    db.begin(async (sql) => {
      const accountId = await insertAccount(sql, email, { firstName, lastName });
      return { id: await insertMembership(sql, orgId, accountId, role), accountId, email };
    }),
  );
}

/** Adds an account to another organization; returns the id of the membership. */
export const joinOrganization = (orgId: string, accountId: string, role: Role = "observer"): Promise<string> =>
  inDatabase((db) => db.begin((sql) => insertMembership(sql, orgId, accountId, role)));

/** Adds a passkey that no device has. */
export const addUnusablePasskey = ({ accountId }: { accountId: string }, name: string): Promise<unknown> =>
  inDatabase((sql) => sql`insert into passkeys (id, account_id, credential_id, public_key, counter, transports, backed_up, name)
    values (gen_random_uuid(), ${accountId}, ${Buffer.from(accountId)}, ${Buffer.of(0)}, 0, '{}', true, ${name})`);

type NewInvitation = Names & { email: string; role: Role };

/** Adds pending invitations without sending emails. */
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

type NewSite = { name: string; country?: string; streetAddress?: string; group?: string };

/** Adds sites, each in its group if any; returns their ids. */
export const addSites = ({ orgId }: Owner, sites: readonly NewSite[]): Promise<string[]> =>
  inDatabase((db) =>
    db.begin(async (sql) => {
      const rows = sites.map(({ name, country = "DK", streetAddress = "" }) => ({
        id: v7(),
        organization_id: orgId,
        name,
        country,
        time_zone: "Europe/Copenhagen",
        street_address: streetAddress,
      }));
      await sql`insert into sites ${sql(rows)}`;
      const groups = new Map(sites.flatMap(({ group }) => (group ? [[group, v7()]] : [])));
      const members = rows.map(({ id }, index) => ({ organization_id: orgId, group_id: groups.get(sites[index]?.group ?? ""), site_id: id }));
      if (groups.size > 0) {
        await sql`insert into site_groups ${sql([...groups].map(([name, id]) => ({ id, organization_id: orgId, name })))}`;
        await sql`insert into site_group_members ${sql(members.filter(({ group_id }) => group_id !== undefined))}`;
      }
      return rows.map(({ id }) => id);
    }),
  );
