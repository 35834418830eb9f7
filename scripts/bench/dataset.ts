import { createHash, hkdfSync, randomBytes } from "node:crypto";
import { encode } from "next-auth/jwt";
import type { Sql, TransactionSql } from "postgres";

/** The size of a benchmark organization. */
export type Size = { name: string; entries: number; sites: number; administrators: number };

/** The session cookie of a signed-in person. */
type Visitor = { cookie: string };

/** An organization, two signed-in people, and a cursor deep in its audit log. */
export type BenchOrganization = Size & { orgId: string; superUser: Visitor; scoped: Visitor; scopedSiteId: string; cursor: string };

export const sizes: readonly Size[] = [
  { name: "10k", entries: 10_000, sites: 100, administrators: 60 },
  { name: "100k", entries: 100_000, sites: 300, administrators: 200 },
  { name: "1M", entries: 1_000_000, sites: 100_000, administrators: 500 },
  { name: "10M", entries: 10_000_000, sites: 100_000, administrators: 500 },
];

const tables = ["organizations", "accounts", "sessions", "memberships", "membership_scopes", "sites", "audit_entries", "audit_actors"];
const days = 390;
const batchSize = 500_000;

/** Lifts forced row security for the owner within one transaction. */
async function withoutRowSecurity<T>(sql: Sql, work: (tx: TransactionSql) => Promise<T>): Promise<T> {
  const done = await sql.begin(async (tx) => {
    for (const table of tables) await tx`alter table ${tx(table)} no force row level security`;
    const result = await work(tx);
    for (const table of tables) await tx`alter table ${tx(table)} force row level security`;
    return { result };
  });
  return done.result as T;
}

async function addMembersAndSites(tx: TransactionSql, orgId: string, { name, sites, administrators }: Size) {
  await tx`insert into organizations (id, name) values (${orgId}, ${`Bench ${name}`})`;
  await tx`
    insert into sites (id, organization_id, name, country, time_zone, street_address)
    select uuidv7(), ${orgId}, 'Store ' || lpad(n::text, 6, '0'), (array['DE', 'NL', 'FR', 'PL', 'GB'])[1 + n % 5],
      (array['Europe/Berlin', 'Europe/Amsterdam', 'Europe/Paris', 'Europe/Warsaw', 'Europe/London'])[1 + n % 5], n || ' Market Street'
    from generate_series(1, ${sites}::int) n`;
  await tx`
    insert into accounts (id, email, first_name, last_name, time_zone, last_sign_in_at)
    select uuidv7(), 'person' || n || '@' || ${name.toLowerCase()} || '.example', 'Ada', 'Lindqvist ' || lpad(n::text, 4, '0'), 'UTC',
      now() - n * interval '1 hour'
    from generate_series(1, ${administrators}::int) n`;
  await tx`
    insert into memberships (id, organization_id, account_id, email, first_name, last_name, role, scope, invited_at, accepted_at)
    select uuidv7(), ${orgId}, a.id, a.email, a.first_name, a.last_name,
      case when a.n = 1 then 'super_user' when a.n = 2 then 'network_admin' else (array['observer', 'installer', 'helpdesk'])[1 + a.n % 3] end,
      case when a.n = 2 then 'sites' else 'all' end, now(), now()
    from (select *, row_number() over (order by email = 'person1@' || ${name.toLowerCase()} || '.example' desc, id) as n from accounts
      where email like '%@' || ${name.toLowerCase()} || '.example') a`;
  await tx`
    insert into membership_scopes (id, organization_id, membership_id, site_id)
    select uuidv7(), ${orgId}, m.id, s.id from memberships m,
      (select id from sites where organization_id = ${orgId} order by name limit 3) s
    where m.organization_id = ${orgId} and m.scope = 'sites'`;
}

const facts = (tx: TransactionSql, orgId: string) => tx`
  facts as materialized (select
    (select array_agg(id order by name) from sites where organization_id = ${orgId}) as sites,
    (select array_agg(name order by name) from sites where organization_id = ${orgId}) as names,
    (select array_agg(account_id) from (select account_id from memberships where organization_id = ${orgId} order by id limit 20) m) as people)`;

const entry = (tx: TransactionSql, orgId: string) => tx`
  ${orgId}, at, uuidv7(at - now()), people[1 + n % 20], 'account',
  case when n % 4 > 0 then sites[1 + n % cardinality(sites)] end, case when n % 4 > 0 then names[1 + n % cardinality(sites)] end,
  'site.updated', 'Updated site Store ' || lpad((n % 2000)::text, 6, '0'),
  case when n % 3 = 0 then '{"before": {"name": "Old"}, "after": {"name": "New"}}'::jsonb end,
  '192.0.2.7'::inet, 'Mozilla/5.0 (X11; Linux x86_64) Firefox/151.0', gen_random_uuid()::text`;

const columns = "(organization_id, occurred_at, id, actor_id, actor_kind, site_id, site_name, name, message, change, ip_address, user_agent, request_id)";

async function addEntries(tx: TransactionSql, orgId: string, { entries }: Size) {
  await tx`alter table audit_entries disable trigger audit_entries_count`;
  await tx`alter table audit_entries disable trigger audit_entries_chain`;
  await tx`
    insert into audit_actors (organization_id, actor_id, kind, name, email)
    select organization_id, account_id, 'account', first_name || ' ' || last_name, email from memberships
    where organization_id = ${orgId} order by id limit 20`;
  for (let from = 1; from <= entries; from += batchSize) {
    await tx`
      with ${facts(tx, orgId)}
      insert into audit_entries ${tx.unsafe(columns)}
      select ${entry(tx, orgId)} from facts, generate_series(${from}::int, ${Math.min(entries, from + batchSize - 1)}::int) n,
        lateral (select now() - make_interval(days => ${days}) + n * (make_interval(days => ${days}) / ${entries + 1}::int) as at)`;
  }
  await tx`
    insert into audit_entry_counts (organization_id, starts_at, actor_id, site_id, entries)
    select organization_id, date_bin('15 minutes', occurred_at, '2000-01-01 00:00+00'), actor_id,
      coalesce(site_id, '00000000-0000-0000-0000-000000000000'), count(*)
    from audit_entries where organization_id = ${orgId} group by 1, 2, 3, 4`;
  await tx`alter table audit_entries enable trigger audit_entries_count`;
  await tx`alter table audit_entries enable trigger audit_entries_chain`;
}

/** The audit log opens on today, so today gets 200 entries at any time of day. */
async function addToday(tx: TransactionSql, orgId: string) {
  await tx`
    with ${facts(tx, orgId)},
      day as (select greatest(date_trunc('day', now(), 'UTC'), now() - interval '1 hour') as begins)
    insert into audit_entries ${tx.unsafe(columns)}
    select ${entry(tx, orgId)} from facts, day, generate_series(1, 200) n, lateral (select begins + n * ((now() - begins) / 201) as at)
    where (select count(*) from audit_entries where organization_id = ${orgId} and occurred_at >= date_trunc('day', now(), 'UTC')) < 200`;
}

/** The table of the reference app: the same rows without tenants. */
async function addReference(sql: Sql, orgId: string) {
  await sql`drop table if exists bench.entries`;
  await withoutRowSecurity(sql, (tx) => tx`
    create table bench.entries as
    select e.id, e.occurred_at, a.name as actor, a.email, coalesce(e.site_name, '') as site, e.message, host(e.ip_address) as address
    from audit_entries e join audit_actors a using (organization_id, actor_id) where e.organization_id = ${tx.unsafe(`'${orgId}'`)}`);
  await sql`create index on bench.entries (occurred_at desc, id desc)`;
}

const sessionCookie = "__Host-signalbox.session";

/** Creates a session for the first person with a role, and its cookie. */
async function signIn(tx: TransactionSql, orgId: string, role: string, secret: string): Promise<Visitor> {
  const key = randomBytes(32).toString("base64url");
  const [row] = await tx<{ accountId: string; sessionId: string }[]>`
    insert into sessions (id, account_id, secret_hash, methods)
    select uuidv7(), account_id, ${createHash("sha256").update(key).digest()}, array['password'] from memberships
    where organization_id = ${orgId} and role = ${role} order by id limit 1
    returning account_id as "accountId", id as "sessionId"`;
  const envelope = Buffer.from(hkdfSync("sha256", secret, "", "signalbox/session envelope", 32)).toString("base64");
  return { cookie: `${sessionCookie}=${await encode({ token: { ...row, secret: key }, secret: envelope, salt: sessionCookie })}` };
}

async function openSessions(sql: Sql, size: Size, orgId: string, secret: string): Promise<BenchOrganization> {
  return withoutRowSecurity(sql, async (tx) => {
    await addToday(tx, orgId);
    const [found] = await tx<{ deep: string; site: string }[]>`
      select (extract(epoch from occurred_at) * 1000000)::bigint || '_' || id as deep, (select site_id from membership_scopes where organization_id = ${orgId} order by id limit 1) as site
      from audit_entries where organization_id = ${orgId} and occurred_at <= now() - interval '50 days'
      order by occurred_at desc, id desc limit 1`;
    if (!found) throw new Error(`The organization ${size.name} has no entries`);
    return {
      ...size,
      orgId,
      superUser: await signIn(tx, orgId, "super_user", secret),
      scoped: await signIn(tx, orgId, "network_admin", secret),
      scopedSiteId: found.site,
      cursor: found.deep,
    };
  });
}

/** Creates missing organizations and signs their people in. */
export async function prepareOrganizations(sql: Sql, sizes: readonly Size[], secret: string): Promise<BenchOrganization[]> {
  await sql`create schema if not exists bench`;
  await sql`create table if not exists bench.organizations (name text primary key, id uuid not null)`;
  const known = new Map((await sql<{ name: string; id: string }[]>`select name, id from bench.organizations`).map(({ name, id }) => [name, id]));
  const worlds: BenchOrganization[] = [];
  let orgId = "";
  for (const size of sizes) {
    orgId = known.get(size.name) ?? "";
    if (!orgId) {
      console.log(`Seeding ${size.name} entries`);
      orgId = await seed(sql, size);
    }
    worlds.push(await openSessions(sql, size, orgId, secret));
  }
  // Answers the analytics question for everybody, also in databases of earlier versions.
  await withoutRowSecurity(sql, (tx) => tx`update accounts set analytics_allowed = 'no' where analytics_allowed is null`);
  await sql`vacuum (analyze)`;
  return worlds;
}

async function seed(sql: Sql, size: Size): Promise<string> {
  const orgId = await withoutRowSecurity(sql, async (tx) => {
    const [made] = await tx<{ id: string }[]>`select uuidv7()::text as id`;
    const id = made?.id ?? "";
    await addMembersAndSites(tx, id, size);
    await addEntries(tx, id, size);
    await tx`insert into bench.organizations (name, id) values (${size.name}, ${id})`;
    return id;
  });
  await addReference(sql, orgId);
  return orgId;
}
