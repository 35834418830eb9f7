import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import { PgBoss } from "pg-boss";
import postgres, { type Sql, type TransactionSql } from "postgres";
import { databaseRoleName, databaseRolePassword, scramVerifier, secretMark, secretMarks } from "@/db/addresses";
import { functions, privileges } from "@/db/privileges";
import { queueNames, queueOptions } from "@/db/queues";
import { type DatabaseRole, roleSettings } from "@/db/roles";

const lock = 7_316_201;
const roles: DatabaseRole[] = ["app", "worker", "auth"];

/** Brings a database to this version: roles, tables, rights and queues, one process at a time. */
export async function migrate(ownerUrl: string, folder = fileURLToPath(new URL("./migrations", import.meta.url))) {
  const [owner, guard] = [openOwner(ownerUrl), openOwner(ownerUrl)];
  try {
    await checkVersion(owner);
    // A transaction holds the lock, since a pooler hands the session of a connection on to others.
    await guard.begin(async (tx) => {
      await tx`set local idle_in_transaction_session_timeout = 0`;
      await tx`select pg_advisory_xact_lock(${lock})`;
      await bringUp(owner, ownerUrl, folder);
    });
  } finally {
    await Promise.all([owner, guard].map((client) => client.end({ timeout: 5 })));
  }
}

const openOwner = (url: string) => postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 });

async function bringUp(owner: Sql, ownerUrl: string, folder: string) {
  await checkSecret(owner);
  await createRoles(owner);
  await applyMigrations(drizzle(hasty(owner)), { migrationsFolder: folder });
  await hasty(owner).begin((tx) => tx`select ensure_audit_partitions((now() - interval '13 months')::date, 17)`);
  await installQueues(ownerUrl);
  await grantRights(owner);
  await owner.unsafe(`comment on schema drizzle is '${secretMark()}'`);
}

/** The same client, whose transactions give up rather than hold everybody back who waits for the table behind them. */
function hasty(owner: Sql): Sql {
  const begin = (work: (tx: TransactionSql) => Promise<unknown>) =>
    owner.begin(async (tx) => {
      await tx`set local lock_timeout = '5s'`;
      return work(tx);
    });
  return new Proxy(owner, { get: (target, name) => (name === "begin" ? begin : Reflect.get(target, name)) });
}

async function checkVersion(owner: Sql) {
  const [row] = await owner<{ version: number }[]>`select current_setting('server_version_num')::int as version`;
  if (!row || row.version < 150_000) throw new Error("Signalbox needs PostgreSQL 15 or newer");
}

/** Another secret would lock out what runs with the right one, and open nothing that is sealed (REL-11). */
async function checkSecret(owner: Sql) {
  const [row] = await owner<{ mark: string | null }[]>`select obj_description(to_regnamespace('drizzle'), 'pg_namespace') as mark`;
  if (!row?.mark || secretMarks().includes(row.mark)) return;
  throw new Error(
    "SIGNALBOX_SECRET is not the one that this database was made with, so nothing sealed in it would open. Set it to that one,\n" +
      "or to change it, set SIGNALBOX_SECRET_PREVIOUS to that one.\n" +
      "If that one is lost for good, run this in the database first: comment on schema drizzle is null",
  );
}

async function createRoles(owner: Sql) {
  await owner.begin(async (tx) => {
    for (const role of roles) {
      const name = databaseRoleName(role);
      const [known] = await tx`select rolpassword is not null as known from pg_roles where rolname = ${name}`;
      if (!known) await tx.unsafe(`create role ${name} login nosuperuser nobypassrls nocreatedb nocreaterole`);
      await tx.unsafe(`alter role ${name} password '${scramVerifier(databaseRolePassword(role))}'`);
      for (const [setting, value] of Object.entries(roleSettings[role])) await tx.unsafe(`alter role ${name} set ${setting} = '${value}'`);
    }
    const [ledger] = await tx`select 1 from pg_roles where rolname = 'signalbox_ledger'`;
    if (!ledger) await tx.unsafe("create role signalbox_ledger nologin nosuperuser nobypassrls");
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

async function grantRights(owner: Sql) {
  const names = roles.map(databaseRoleName).join(", ");
  await owner.begin(async (tx) => {
    const statements = [
      `revoke all on all tables in schema public from ${names}`,
      `grant usage on schema public, pgboss, drizzle to ${names}`,
      `grant select on drizzle.__drizzle_migrations to ${names}`,
      ...Object.entries(privileges).flatMap(([table, rights]) =>
        roles.flatMap((role) => (rights[role] ? `grant ${rights[role]} on public.${table} to ${databaseRoleName(role)}` : [])),
      ),
      ...Object.entries(functions).flatMap(([name, callers]) =>
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
