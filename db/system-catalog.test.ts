import type { Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tablePrivileges } from "@/db/privileges";
import { connectAsOwner } from "@/lib/testing/fixtures";
import { tenantTables } from "@/lib/testing/organization-rows";
import { constraintMessage, constraintMessages } from "@/lib/shared/constraint-messages";
import { mergedPart } from "@/lib/shared/registry";

let owner: Sql;
beforeAll(() => {
  owner = connectAsOwner();
});
afterAll(() => owner.end());

const inPublicSchema = "c.relnamespace = 'public'::regnamespace";

describe("TEN-1: the system catalog", () => {
  test("every tenant table has forced row security, a policy and an index that starts with organization_id", async () => {
    const rows = await owner`
      select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
      where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace and not (
        c.relrowsecurity and c.relforcerowsecurity
        and exists (select from pg_policy p where p.polrelid = c.oid)
        and exists (select from pg_index i where i.indrelid = c.oid and i.indkey[0] = a.attnum))`;
    expect([...rows]).toEqual([]);
  });

  test("every other table forces row security too, except the rate limits, which belong to nobody", async () => {
    const rows = await owner<{ name: string }[]>`
      select c.relname as name from pg_class c
      where ${owner.unsafe(inPublicSchema)} and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)`;
    expect(rows.map(({ name }) => name)).toEqual(["rate_limit_counters"]);
  });

  test("no policy of a tenant table is `true`, and each reads the session variable once per statement", async () => {
    const rows = await owner<{ table: string; policy: string; text: string }[]>`
      select c.relname as table, p.polname as policy,
        concat(pg_get_expr(p.polqual, p.polrelid), ' ', pg_get_expr(p.polwithcheck, p.polrelid)) as text
      from pg_policy p join pg_class c on c.oid = p.polrelid
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
      where not (p.polroles = array['signalbox_definer'::regrole::oid])`;
    expect(rows.length).toBeGreaterThan(10);
    for (const { table, policy, text } of rows) {
      expect(text.trim(), `${table}.${policy}`).not.toMatch(/^\(?true\)?$/);
      expect(text, `${table}.${policy}`).toMatch(/SELECT/);
    }
  });

  test("SUP-1, SUP-2: every tenant table has a restrictive policy that says what support staff read, and they change nothing", async () => {
    const rows = await owner<{ name: string }[]>`
      select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
      where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace and not exists (
        select from pg_policy p where p.polrelid = c.oid and not p.polpermissive and p.polcmd = '*'
          and p.polroles @> array['signalbox_app'::regrole::oid, 'signalbox_worker'::regrole::oid]
          and pg_get_expr(p.polqual, p.polrelid) like '%app.actor%'
          and pg_get_expr(p.polwithcheck, p.polrelid) like '%app.actor%IS DISTINCT FROM ''staff''%')`;
    expect([...rows], "use `orgPolicies` of db/rls.ts").toEqual([]);
  });

  test("partitions have forced row security, no policies and no grants", async () => {
    const rows = await owner`
      select c.relname from pg_class c where ${owner.unsafe(inPublicSchema)} and c.relkind = 'r' and c.relispartition and (
        not (c.relrowsecurity and c.relforcerowsecurity) or exists (select from pg_policy p where p.polrelid = c.oid)
        or exists (select from aclexplode(c.relacl) x where x.grantee in ('signalbox_app'::regrole, 'signalbox_worker'::regrole, 'signalbox_auth'::regrole)))`;
    expect([...rows]).toEqual([]);
  });

  test("the roles that serve requests own nothing, bypass no row security and are members of no role", async () => {
    const roles = await owner`
      select rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole,
        (select count(*)::int from pg_class c where c.relowner = r.oid) as owned,
        (select count(*)::int from pg_auth_members m where m.member = r.oid) as memberships,
        has_schema_privilege(r.oid, 'public', 'create') as creates
      from pg_roles r where rolname in ('signalbox_app', 'signalbox_worker', 'signalbox_auth') order by 1`;
    for (const role of roles) {
      expect(role).toMatchObject({
        rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false, owned: 0, memberships: 0, creates: false,
      });
    }
    expect(roles).toHaveLength(3);
  });

  test("foreign keys between tenant tables include organization_id", async () => {
    const rows = await owner`
      select con.conname from pg_constraint con
      join pg_class c on c.oid = con.conrelid join pg_class f on f.oid = con.confrelid
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
      join pg_attribute b on b.attrelid = f.oid and b.attname = 'organization_id'
      where con.contype = 'f' and not (a.attnum = any(con.conkey) and b.attnum = any(con.confkey))`;
    expect([...rows]).toEqual([]);
  });

  test("unique constraints of tenant tables include organization_id", async () => {
    const rows = await owner`
      select i.relname from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
      where ${owner.unsafe(inPublicSchema)} and x.indisunique and not x.indisprimary and not (a.attnum = any(x.indkey::int2[]))`;
    expect([...rows]).toEqual([]);
  });

  test("security definer functions set search_path and are not executable by PUBLIC", async () => {
    const rows = await owner`
      select p.proname from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef and not (
        coalesce(p.proconfig::text, '') like '%search_path=%'
        and not exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x where x.grantee = 0))`;
    expect([...rows]).toEqual([]);
  });

  test("views are security_invoker", async () => {
    const rows = await owner`select c.relname from pg_class c where ${owner.unsafe(inPublicSchema)} and c.relkind in ('v', 'm')
      and coalesce(c.reloptions::text, '') not like '%security_invoker=true%'`;
    expect([...rows]).toEqual([]);
  });

  test("every table is listed in privileges.ts, and no role has more privileges than listed", async () => {
    const tables = await owner<{ name: string }[]>`
      select c.relname as name from pg_class c where ${owner.unsafe(inPublicSchema)} and c.relkind in ('r', 'p') and not c.relispartition order by 1`;
    expect(tables.map(({ name }) => name)).toEqual(Object.keys(tablePrivileges).toSorted());
    const granted = await owner<{ table: string; role: string; rights: string[] }[]>`
      select c.relname as table, replace(x.grantee::regrole::text, 'signalbox_', '') as role, array_agg(lower(x.privilege_type)) as rights
      from pg_class c, aclexplode(c.relacl) x where ${owner.unsafe(inPublicSchema)} and c.relkind in ('r', 'p')
        and x.grantee::regrole::text in ('signalbox_app', 'signalbox_worker', 'signalbox_auth') group by 1, 2`;
    for (const { table, role, rights } of granted) {
      const listed = tablePrivileges[table]?.[role as "app"] ?? "";
      for (const right of rights) expect(listed, `${role} on ${table}`).toContain(right);
    }
  });
});

describe("AUD-2: the audit log", () => {
  test("no role that serves requests may update or delete entries", async () => {
    const rows = await owner`
      select x.grantee::regrole::text as role, x.privilege_type from pg_class c, aclexplode(c.relacl) x
      where c.relname like 'audit\\_entries%' and x.grantee::regrole::text in ('signalbox_app', 'signalbox_worker', 'signalbox_auth') and x.privilege_type not in ('SELECT', 'INSERT')`;
    expect([...rows]).toEqual([]);
  });
});

test("ORG-18: every table of an organization is counted before its deletion, or said to be a part of what is counted", async () => {
  const described = Object.keys(mergedPart("organizationRows"));
  expect(described.toSorted(), "name the rows of the table in `organizationRows` of its area").toEqual(await tenantTables());
});

const withoutMessage: Record<string, string> = mergedPart("silentConstraints");

describe("X-6: what a violated constraint means", () => {
  const keys = () => owner<{ name: string; isRandomId: boolean }[]>`
    select con.conname as name, con.contype <> 'f' and (
      select array_agg(a.attname::text order by a.attname) from pg_attribute a where a.attrelid = con.conrelid and a.attnum = any(con.conkey)
    ) in (array['id'], array['id', 'organization_id']) as "isRandomId"
    from pg_constraint con join pg_class c on c.oid = con.conrelid
    where ${owner.unsafe(inPublicSchema)} and not c.relispartition and con.contype in ('p', 'u', 'x', 'f') order by 1`;

  test("every unique and foreign key has words, or a reason why it needs none", async () => {
    const silent = (await keys()).filter(({ name, isRandomId }) => !isRandomId && !constraintMessage(name) && !withoutMessage[name]);
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  test("words and reasons are for constraints that exist, and for one thing each", async () => {
    const names = (await keys()).map(({ name }) => name);
    const written = [...Object.keys(constraintMessages), ...Object.keys(withoutMessage)];
    expect(written.filter((name) => !names.includes(name))).toEqual([]);
    expect(Object.keys(withoutMessage).filter((name) => constraintMessage(name))).toEqual([]);
  });

  test("no unique index is without a constraint that could be named", async () => {
    const rows = await owner`
      select i.relname from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
      where ${owner.unsafe(inPublicSchema)} and x.indisunique and not c.relispartition and not exists (select from pg_constraint k where k.conindid = i.oid)`;
    expect([...rows]).toEqual([]);
  });
});

test("AUT-8: a migrated database holds no account, session, membership or organization", async () => {
  // Row security hides the rows from the owner, but not the size of the relation.
  const [sizes] = await owner`select pg_relation_size('accounts') as accounts, pg_relation_size('sessions') as sessions,
    pg_relation_size('memberships') as memberships, pg_relation_size('organizations') as organizations`;
  expect(sizes).toEqual({ accounts: "0", sessions: "0", memberships: "0", organizations: "0" });
});
