import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { organizations, organizationSecrets } from "@/db/schema";
import type { Tx } from "@/db/tx";
import type { Actor } from "@/lib/access/actor";
import { deviceCertificatePath, deviceKeyName, radsecPath, requireReadableCertificates } from "@/lib/certificates/rules";
import { decrypt } from "@/lib/kernel/encryption";
import { expectOne } from "@/lib/kernel/expect-one";
import type { OperationContext } from "@/lib/kernel/operation-context";
import { type SecretStore, writeSecrets } from "@/lib/kernel/settings-secrets";
import { AppError } from "@/lib/shared/app-error";
import { defaultSessionPolicy } from "@/lib/sessions/queries";
import { secretAad, sectionTitles, type Settings } from "@/lib/settings/rules";
import { secretsSentTo } from "@/lib/settings/sections";
import { valueAt, withChanges } from "@/lib/shared/settings/document";
import type { SettingsChange } from "@/lib/shared/settings/section-rules";

type ChangeScope = Pick<OperationContext, "record" | "nothingChanged"> & { tx: Tx; actor: Actor };

const selectSettings = (tx: Tx, orgId: string) =>
  tx
    .select({ name: organizations.name, version: organizations.version, settings: organizations.settings })
    .from(organizations)
    .where(eq(organizations.id, orgId));

const toSettings = (orgId: string, { name, version, settings }: Awaited<ReturnType<typeof selectSettings>>[number]): Settings => ({
  orgId,
  version,
  document: { name, ...settings },
});

/** The settings of an organization with its name. */
export const settingsOf = async (tx: Tx, orgId: string): Promise<Settings> => toSettings(orgId, await expectOne(selectSettings(tx, orgId)));

/** The same, locked until the transaction ends, so that changes follow each other. */
export const lockSettings = async (tx: Tx, orgId: string): Promise<Settings> =>
  toSettings(orgId, await expectOne(selectSettings(tx, orgId).for("no key update")));

/** Changes settings and secrets by path, with one audit entry for all of it; where nothing differs nothing is written. */
export async function changeSettings({ tx, actor, record, nothingChanged }: ChangeScope, change: SettingsChange): Promise<Settings> {
  const before = await lockSettings(tx, actor.orgId);
  const document = withChanges(before.document, change.values ?? {});
  const paths = Object.keys(change.values ?? {}).filter((path) => JSON.stringify(valueAt(document, path)) !== JSON.stringify(valueAt(before.document, path)));
  await requireTypedAgain(tx, paths, change.secrets ?? {});
  if (paths.some(isCertificatePath)) requireReadableCertificates(document, await deviceKeyAfter(tx, actor.orgId, change));
  const secrets = await writeSecrets(tx, actor, secretStore(actor.orgId), change.secrets ?? {});
  const changed = [...paths, ...Object.keys(secrets.after)];
  if (changed.length === 0) {
    nothingChanged();
    return before;
  }
  const { name, ...settings } = document;
  const { version } = await expectOne(
    tx
      .update(organizations)
      .set({ name: String(name), settings, version: sql`${organizations.version} + 1`, ...endedSessions(document) })
      .where(eq(organizations.id, actor.orgId))
      .returning({ version: organizations.version }),
  );
  const side = (values: Settings["document"]) => Object.fromEntries(paths.map((path) => [path, valueAt(values, path) ?? null]));
  await record("settings.updated", {
    subject: { id: actor.orgId, label: String(name) },
    fields: sectionTitles(changed),
    before: { ...side(before.document), ...secrets.before },
    after: { ...side(document), ...secrets.after },
    note: change.note,
  });
  return { orgId: actor.orgId, version, document };
}

/** Refuses a new address for a secret that is set and not typed again. */
async function requireTypedAgain(tx: Tx, changed: readonly string[], secrets: NonNullable<SettingsChange["secrets"]>): Promise<void> {
  const names = Object.entries(secretsSentTo).flatMap(([name, path]) => (changed.includes(path) && secrets[name] === undefined ? [name] : []));
  if (names.length === 0) return;
  const known = await tx.select({ name: organizationSecrets.name }).from(organizationSecrets).where(inArray(organizationSecrets.name, names));
  const errors = known.map(({ name }) => [name, ["Enter it again, or remove it: the address that it is sent to changes"]]);
  if (errors.length > 0) throw new AppError("invalid", "Check the marked fields", Object.fromEntries(errors) as Record<string, string[]>);
}

const isCertificatePath = (path: string) => path === radsecPath || path === deviceCertificatePath;

/** The private key of the access points after a change; undefined when there is none. */
async function deviceKeyAfter(tx: Tx, orgId: string, { secrets = {} }: SettingsChange): Promise<string | undefined> {
  const changed = secrets[deviceKeyName];
  return changed === undefined ? secretOf(tx, orgId, deviceKeyName) : (changed ?? undefined);
}

/** Keeps sessions ended that the timeouts before or after the change have ended, so that a longer timeout revives none. */
function endedSessions(after: Settings["document"]) {
  const { sessionMinutes, idleMinutes } = defaultSessionPolicy();
  const latest = (ended: PgColumn, minutes: PgColumn, limit: unknown, fallback: number) => {
    const shorter = sql`least(nullif(coalesce(${minutes}, ${fallback}), 0), nullif(${Number(limit ?? fallback)}::int, 0))`;
    return sql`greatest(${ended}, now() - make_interval(mins => ${shorter}))`;
  };
  return {
    sessionsEndedAt: latest(organizations.sessionsEndedAt, organizations.sessionMinutes, valueAt(after, "session_expiry"), sessionMinutes),
    idleSessionsEndedAt: latest(organizations.idleSessionsEndedAt, organizations.idleMinutes, valueAt(after, "ui_idle_timeout"), idleMinutes),
  };
}

const secretStore = (orgId: string): SecretStore => ({
  known: (tx, names) => tx.select({ name: organizationSecrets.name }).from(organizationSecrets).where(inArray(organizationSecrets.name, [...names])),
  put(tx, name, secret) {
    const set = { ...secret, setAt: sql`now()` };
    const target = [organizationSecrets.organizationId, organizationSecrets.name];
    return tx.insert(organizationSecrets).values({ name, ...set }).onConflictDoUpdate({ target, set });
  },
  remove: (tx, name) => tx.delete(organizationSecrets).where(eq(organizationSecrets.name, name)),
  aad: (name) => secretAad(orgId, name),
});

/** Decrypts a secret of the settings for the service that it belongs to; undefined when none is set. Never to be shown. */
export async function secretOf(tx: Tx, orgId: string, name: string): Promise<string | undefined> {
  const isSecret = and(eq(organizationSecrets.organizationId, orgId), eq(organizationSecrets.name, name));
  const [row] = await tx.select({ ciphertext: organizationSecrets.encryptedValue }).from(organizationSecrets).where(isSecret);
  return row && decrypt(row.ciphertext, secretAad(orgId, name));
}
