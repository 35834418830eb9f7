import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import postgres, { type Sql } from "postgres";
import { demoPeople } from "../../db/seed/people.ts";
import { ownerUrl } from "../../scripts/postgres/cluster.ts";
import { throwawayData } from "../../scripts/start/settings.ts";

/** The database of the journeys as its superuser, whom row security does not bind: for what no page can do, such as moving a clock. */
export async function inDatabase<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
  const data = throwawayData(process.env.E2E_PORT);
  const { superuser } = JSON.parse(readFileSync(path.join(data, "postgres.json"), "utf8")) as { superuser: string };
  const url = Object.assign(new URL(ownerUrl(data)), { username: "postgres", password: superuser });
  const sql = postgres(url.toString(), { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

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
