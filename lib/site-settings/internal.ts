import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { sites, siteSecrets } from "@/db/schema";
import type { Tx } from "@/db/tx";
import type { Actor } from "@/lib/access/actor";
import type { TenantScope } from "@/db/tenant-transaction";
import { decrypt } from "@/lib/kernel/encryption";
import { expectOne } from "@/lib/kernel/expect-one";
import { uuidArray } from "@/lib/kernel/keyset-pagination";
import type { OperationContext } from "@/lib/kernel/operation-context";
import { type SecretStore, writeSecrets } from "@/lib/kernel/settings-secrets";
import { AppError, notFoundError } from "@/lib/shared/app-error";
import { type SettingsDocument, textAt, valueAt, withChanges } from "@/lib/shared/settings/document";
import type { SettingsChange } from "@/lib/shared/settings/section-rules";
import { changedParts, changesUpgradeSchedule, clonedDocument, type CloneParts, hasNewAddress, settingsOnly, siteSecretAad, type SiteSettings } from "@/lib/site-settings/rules";
import { siteSections } from "@/lib/site-settings/sections";
import { replaceGroups } from "@/lib/sites/internal";
import { groupNames } from "@/lib/sites/queries";
import { hasSameGroups, sharedGroupsError } from "@/lib/sites/rules";

const columns = {
  id: sites.id,
  name: sites.name,
  country: sites.country,
  timeZone: sites.timeZone,
  streetAddress: sites.streetAddress,
  latitude: sites.latitude,
  longitude: sites.longitude,
  notes: sites.notes,
  rfTemplate: sites.rfTemplateId,
  groups: groupNames,
  settings: sites.settings,
  version: sites.version,
};

const select = (tx: Tx, siteIds: readonly string[]) => tx.select(columns).from(sites).where(inArray(sites.id, [...siteIds]));

function toSiteSettings({ id, settings, version, latitude, longitude, ...fields }: Awaited<ReturnType<typeof select>>[number]): SiteSettings {
  const latlng = latitude === null || longitude === null ? undefined : { lat: latitude, lng: longitude };
  const document = { ...settings, ...fields, latlng, streetAddress: fields.streetAddress || undefined, notes: fields.notes || undefined, rfTemplate: fields.rfTemplate ?? undefined };
  return { siteId: id, name: fields.name, version, document: Object.fromEntries(Object.entries(document).filter(([, value]) => value !== undefined)) };
}

/** Sites with their settings, those that are visible. */
export const siteSettingsOf = async (tx: Tx, siteIds: readonly string[]): Promise<SiteSettings[]> => (siteIds.length === 0 ? [] : (await select(tx, siteIds)).map(toSiteSettings));

/** Sites of the organization with their settings, at most so many. */
export const firstSiteSettings = async (tx: Tx, limit: number): Promise<SiteSettings[]> => (await tx.select(columns).from(sites).limit(limit)).map(toSiteSettings);

/** One site with its settings; throws `not_found` when it is not visible. */
export async function siteSettingsById(tx: Tx, siteId: string): Promise<SiteSettings> {
  const [found] = await siteSettingsOf(tx, [siteId]);
  if (!found) throw notFoundError("Site");
  return found;
}

/** The same, locked until the transaction ends, so that changes follow each other. */
export async function lockSiteSettings(tx: Tx, siteId: string): Promise<SiteSettings> {
  await tx.select({ id: sites.id }).from(sites).where(eq(sites.id, siteId)).for("no key update");
  return siteSettingsById(tx, siteId);
}

export type SiteChangeScope = Pick<OperationContext, "record" | "nothingChanged"> & { tx: Tx; actor: Actor; sites: TenantScope["sites"] };

/** Changes fields, settings and secrets of a site by path, with one audit entry for all of it; where nothing differs nothing is written. */
export async function changeSite(scope: SiteChangeScope, siteId: string, change: SettingsChange): Promise<SiteSettings> {
  const { tx, actor, record, nothingChanged } = scope;
  const before = await lockSiteSettings(tx, siteId);
  const values = withoutEmptyTexts(change.values ?? {});
  const document = withChanges(before.document, values);
  const paths = Object.keys(values).filter((path) => differs(before.document, document, path));
  if (scope.sites !== "all" && paths.includes("groups")) throw sharedGroupsError();
  await requireTypedAgain(tx, before, document, change.secrets ?? {});
  const secrets = await writeSecrets(tx, actor, secretStore(siteId), change.secrets ?? {});
  const changed = [...paths, ...Object.keys(secrets.after)];
  if (changed.length === 0) {
    nothingChanged();
    return before;
  }
  const { version } = await expectOne(tx.update(sites).set(rowOf(document, paths)).where(eq(sites.id, siteId)).returning({ version: sites.version }));
  if (paths.includes("groups")) await replaceGroups(tx, siteId, document.groups as string[]);
  const name = textAt(document, "name");
  const side = (values: SettingsDocument) => Object.fromEntries(paths.map((path) => [path, valueAt(values, path) ?? null]));
  await record("site.updated", {
    subject: { id: siteId, label: name },
    site: { id: siteId, name },
    fields: changedParts(changed),
    before: { ...side(before.document), ...secrets.before },
    after: { ...side(document), ...secrets.after },
    note: change.note,
  });
  return { siteId, name, version, document };
}

/** Changes in which a text that was emptied is removed, as it is stored. */
const withoutEmptyTexts = (values: NonNullable<SettingsChange["values"]>) => Object.fromEntries(Object.entries(values).map(([path, value]) => [path, value === "" ? undefined : value]));

function differs(before: SettingsDocument, after: SettingsDocument, path: string): boolean {
  if (path === "groups") return !hasSameGroups((before.groups ?? []) as string[], (after.groups ?? []) as string[]);
  return JSON.stringify(valueAt(before, path)) !== JSON.stringify(valueAt(after, path));
}

function rowOf(document: SettingsDocument, paths: readonly string[]) {
  const place = document.latlng as { lat: number; lng: number } | undefined;
  return {
    name: textAt(document, "name"),
    country: textAt(document, "country"),
    timeZone: textAt(document, "timeZone"),
    streetAddress: textAt(document, "streetAddress"),
    latitude: place?.lat ?? null,
    longitude: place?.lng ?? null,
    notes: textAt(document, "notes"),
    rfTemplateId: textAt(document, "rfTemplate") || null,
    settings: settingsOnly(document),
    version: sql`${sites.version} + 1`,
    ...(changesUpgradeSchedule(paths) && { upgradeScheduledAt: sql`now()` }),
  };
}

/** Refuses a new address for a secret that is set and not typed again. */
async function requireTypedAgain(tx: Tx, { siteId, document }: SiteSettings, after: SettingsDocument, secrets: NonNullable<SettingsChange["secrets"]>): Promise<void> {
  const asked = ([name, path]: [string, string]) => secrets[name] === undefined && hasNewAddress(valueAt(document, path), valueAt(after, path));
  const names = Object.entries(siteSections.secretsSentTo).filter(asked).map(([name]) => name);
  if (names.length === 0) return;
  const known = await secretStore(siteId).known(tx, names);
  const errors = known.map(({ name }) => [name, ["Enter it again, or remove it: the address that it is sent to changes"]]);
  if (errors.length > 0) throw new AppError("invalid", "Check the marked fields", Object.fromEntries(errors) as Record<string, string[]>);
}

const secretStore = (siteId: string): SecretStore => ({
  known: (tx, names) => tx.select({ name: siteSecrets.name }).from(siteSecrets).where(and(eq(siteSecrets.siteId, siteId), inArray(siteSecrets.name, [...names]))),
  put(tx, name, secret) {
    const set = { ...secret, setAt: sql`now()` };
    const target = [siteSecrets.organizationId, siteSecrets.siteId, siteSecrets.name];
    return tx.insert(siteSecrets).values({ siteId, name, ...set }).onConflictDoUpdate({ target, set });
  },
  remove: (tx, name) => tx.delete(siteSecrets).where(and(eq(siteSecrets.siteId, siteId), eq(siteSecrets.name, name))),
  aad: (name) => siteSecretAad(siteId, name),
});

/** Decrypts the secrets of the settings of a site, by their names, for devices or for a clone. Never to be shown. */
export async function siteSecretsOf(tx: Tx, siteId: string): Promise<Record<string, string>> {
  const rows = await tx.select({ name: siteSecrets.name, ciphertext: siteSecrets.encryptedValue }).from(siteSecrets).where(eq(siteSecrets.siteId, siteId));
  return Object.fromEntries(rows.map(({ name, ciphertext }) => [name, decrypt(ciphertext, siteSecretAad(siteId, name))]));
}

/** Adds a site that has chosen parts of a locked one, with one audit entry; its secrets are encrypted anew. Returns its id. */
export async function copySite({ tx, actor, record }: Pick<SiteChangeScope, "tx" | "actor" | "record">, from: SiteSettings, name: string, parts: CloneParts): Promise<string> {
  const document = clonedDocument(from.document, name, parts);
  const schedule = Object.hasOwn(document, "auto_upgrade") ? { upgradeScheduledAt: sql`now()` } : {};
  const { id } = await expectOne(tx.insert(sites).values({ ...rowOf(document, []), ...schedule, version: 1 }).returning({ id: sites.id }));
  await replaceGroups(tx, id, document.groups as string[]);
  const secrets = await writeSecrets(tx, actor, secretStore(id), parts.settings ? await siteSecretsOf(tx, from.siteId) : {});
  await record("site.created", { subject: { id, label: name }, site: { id, name }, after: { ...document, ...secrets.after }, note: `cloned from ${from.name}` });
  return id;
}

/** The sites that use an RF template, locked until the transaction ends. */
export const lockSitesWithRfTemplate = (tx: Tx, templateId: string) =>
  tx.select({ id: sites.id, name: sites.name }).from(sites).where(eq(sites.rfTemplateId, templateId)).orderBy(sites.id).for("no key update");

/** Takes an RF template from locked sites, with one audit entry per site. */
export async function unassignRfTemplate({ tx, record }: Pick<SiteChangeScope, "tx" | "record">, templateId: string, locked: readonly { id: string; name: string }[]): Promise<void> {
  if (locked.length === 0) return;
  await tx.update(sites).set({ rfTemplateId: null, version: sql`${sites.version} + 1` }).where(sql`${sites.id} = any(${uuidArray(locked.map(({ id }) => id))})`);
  for (const site of locked) {
    await record("site.updated", { subject: { id: site.id, label: site.name }, site, before: { rfTemplate: templateId }, after: { rfTemplate: null } });
  }
}
