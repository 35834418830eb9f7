import { randomUUID } from "node:crypto";
import type { Sql } from "postgres";
import { demoPeople } from "../../db/seed/people.ts";
import { withThrowawayDatabase } from "../../scripts/test/throwaway-database.ts";

/** The database of the journeys, beside the portal. */
export const inDatabase = <T>(work: (sql: Sql) => Promise<T>): Promise<T> => withThrowawayDatabase(process.env.E2E_PORT, work);

export type Owner = { email: string; accountId: string; orgId: string; organization: string };

/** A Super User of an organization of their own, with the password of the demo world, to whom nothing has happened yet. */
export function newOwner(word: string): Promise<Owner> {
  const name = `${word}-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 7)}`;
  const owner = { email: `${name}@example.test`, accountId: randomUUID(), orgId: randomUUID(), organization: name };
  const { email, accountId, orgId } = owner;
  return inDatabase((db) =>
    db.begin(async (sql) => {
      await sql`insert into organizations (id, name) values (${orgId}, ${name})`;
      await sql`insert into accounts (id, email, first_name, last_name, password_hash, password_changed_at, analytics_allowed, terms_accepted_at)
        select ${accountId}, ${email}, 'Ines', 'Lantern', password_hash, now(), 'no', now() from accounts where email = ${demoPeople[0]?.email ?? ""}`;
      await sql`insert into memberships (id, organization_id, account_id, email, first_name, last_name, role, scope, accepted_at)
        values (${randomUUID()}, ${orgId}, ${accountId}, ${email}, 'Ines', 'Lantern', 'super_user', 'all', now())`;
      return owner;
    }),
  );
}
