import { fileURLToPath } from "node:url";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import { PgBoss } from "pg-boss";
import postgres, { type Sql, type TransactionSql } from "postgres";
import { databaseRoleName, databaseRolePassword, scramVerifier, secretFingerprint, secretFingerprints } from "@/db/role-credentials";
import { createDrizzle } from "@/db/drizzle-adapter";
import { functionPrivileges, tablePrivileges } from "@/db/privileges";
import { queueNames, queueOptions } from "@/db/queue-config";
import { type DatabaseRole, roleSettings } from "@/db/roles";

const advisoryLockId = 7_316_201;
const roles: DatabaseRole[] = ["app", "worker", "auth"];

/** Migrates a database: roles, tables, privileges and queues; concurrent calls wait for each other. */
export async function migrate(ownerUrl: string, folder = fileURLToPath(new URL("./migrations", import.meta.url))) {
  const [owner, lockHolder] = [openOwner(ownerUrl), openOwner(ownerUrl)];
  try {
    await checkVersion(owner);
    // A transaction-level lock also works behind a connection pooler in transaction mode.
    await lockHolder.begin(async (tx) => {
      await tx`set local idle_in_transaction_session_timeout = 0`;
      await tx`select pg_advisory_xact_lock(${advisoryLockId})`;
      await migrateLocked(owner, ownerUrl, folder);
    });
  } finally {
    await Promise.all([owner, lockHolder].map((client) => client.end({ timeout: 5 })));
  }
}

const openOwner = (url: string) => postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 });

async function migrateLocked(owner: Sql, ownerUrl: string, folder: string) {
  await checkSecret(owner);
  await createRoles(owner);
  await withLockTimeout(owner, (tx) => applyMigrations(createDrizzle(tx), { migrationsFolder: folder }));
  await withLockTimeout(owner, (tx) => tx`select ensure_audit_partitions((now() - interval '13 months')::date, 17)`);
  await withLockTimeout(owner, forceRowSecurity);
  await installQueues(ownerUrl);
  await grantPrivileges(owner);
  await owner.unsafe(`comment on schema drizzle is '${secretFingerprint()}'`);
}

/** A transaction with a lock timeout, so that a migration never blocks requests for long. */
function withLockTimeout(owner: Sql, work: (tx: TransactionSql) => Promise<unknown>) {
  return owner.begin(async (tx) => {
    await tx`set local lock_timeout = '5s'`;
    await work(tx);
  });
}

async function checkVersion(owner: Sql) {
  const [row] = await owner<{ version: number }[]>`select current_setting('server_version_num')::int as version`;
  if (!row || row.version < 150_000) throw new Error("Signalbox needs PostgreSQL 15 or newer");
}

/** A wrong secret would change the role passwords and could decrypt nothing. */
async function checkSecret(owner: Sql) {
  const [row] = await owner<{ fingerprint: string | null }[]>`select obj_description(to_regnamespace('drizzle'), 'pg_namespace') as fingerprint`;
  if (!row?.fingerprint || secretFingerprints().includes(row.fingerprint)) return;
  throw new Error(
    "SIGNALBOX_SECRET is not the secret of this database, so its encrypted data cannot be read. Set SIGNALBOX_SECRET to that secret,\n" +
      "or, to rotate it, set SIGNALBOX_SECRET_PREVIOUS to that secret.\n" +
      "If that secret is lost, run this in the database first: comment on schema drizzle is null",
  );
}

async function createRoles(owner: Sql) {
  await owner.begin(async (tx) => {
    for (const role of roles) {
      const name = databaseRoleName(role);
      const [existing] = await tx`select 1 from pg_roles where rolname = ${name}`;
      if (!existing) await tx.unsafe(`create role ${name} login nosuperuser nobypassrls nocreatedb nocreaterole`);
      await tx.unsafe(`alter role ${name} password '${scramVerifier(databaseRolePassword(role))}'`);
      for (const [setting, value] of Object.entries(roleSettings[role])) await tx.unsafe(`alter role ${name} set ${setting} = '${value}'`);
    }
    const [definer] = await tx`select 1 from pg_roles where rolname = 'signalbox_definer'`;
    if (!definer) await tx.unsafe("create role signalbox_definer nologin nosuperuser nobypassrls");
  });
}

async function installQueues(ownerUrl: string) {
  const boss = new PgBoss({ connectionString: ownerUrl, max: 2, supervise: false, schedule: false });
  boss.on("error", () => {});
  await boss.start();
  for (const name of queueNames) {
    const options = queueOptions[name];
    if (await boss.getQueue(name)) await boss.updateQueue(name, options);
    else await boss.createQueue(name, options);
  }
  await boss.stop({ graceful: false, close: true });
}

/** Forces row security for the owner on every table with an organization or policies, so that migrations need not. */
async function forceRowSecurity(tx: TransactionSql) {
  const tables = await tx<{ name: string }[]>`
    select c.oid::regclass::text as name from pg_class c
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and not (c.relrowsecurity and c.relforcerowsecurity)
      and (c.relrowsecurity or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id'))
    order by c.oid`;
  for (const { name } of tables) await tx.unsafe(`alter table ${name} enable row level security, force row level security`);
}

async function grantPrivileges(owner: Sql) {
  const names = roles.map(databaseRoleName).join(", ");
  await owner.begin(async (tx) => {
    const statements = [
      `revoke all on all tables in schema public from ${names}`,
      `grant usage on schema public, pgboss, drizzle to ${names}`,
      `grant select on drizzle.__drizzle_migrations to ${names}`,
      ...Object.entries(tablePrivileges).flatMap(([table, rights]) =>
        roles.flatMap((role) => (rights[role] ? `grant ${rights[role]} on public.${table} to ${databaseRoleName(role)}` : [])),
      ),
      ...Object.entries(functionPrivileges).flatMap(([name, callers]) =>
        callers.map((role) => `grant execute on function public.${name} to ${databaseRoleName(role)}`),
      ),
      `grant select on pgboss.queue, pgboss.version to ${names}`,
      `grant select, insert on all tables in schema pgboss to ${databaseRoleName("app")}, ${databaseRoleName("auth")}`,
      `grant all on all tables in schema pgboss to ${databaseRoleName("worker")}`,
      `grant usage on all sequences in schema pgboss to ${names}`,
      `grant execute on all functions in schema pgboss to ${names}`,
    ];
    for (const statement of statements) await tx.unsafe(statement);
  });
}
