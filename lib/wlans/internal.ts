import "server-only";
import { asc, inArray } from "drizzle-orm";
import { wlans } from "@/db/schema";
import type { Tx } from "@/db/tx";
import type { Actor } from "@/lib/access/actor";
import { secretStates } from "@/lib/kernel/audit";
import { decrypt, encrypt } from "@/lib/kernel/encryption";
import type { SecretState } from "@/lib/shared/settings/secret-state";
import type { SettingsDocument } from "@/lib/shared/settings/document";
import { wlanSecretsAad } from "@/lib/wlan-templates/rules";

type StoredSecret = { value: string; setAt: string; setBy: string };

/** The secrets of a WLAN by their names. Never to be shown. */
export type WlanSecrets = Readonly<Record<string, StoredSecret>>;

export type StoredWlan = { id: string; templateId: string; position: number; document: SettingsDocument; secrets: WlanSecrets };

const decrypted = (id: string, sealed: Buffer | null): WlanSecrets => (sealed === null ? {} : (JSON.parse(decrypt(sealed, wlanSecretsAad(id))) as WlanSecrets));

/** Seals the secrets of a WLAN for its row; null where there are none. */
export const sealedSecrets = (id: string, secrets: WlanSecrets): Buffer | null => (Object.keys(secrets).length === 0 ? null : encrypt(JSON.stringify(secrets), wlanSecretsAad(id)));

/** The WLANs of templates in their order, with their secrets, which must not leave the server. */
export async function readWlans(tx: Tx, templateIds: readonly string[]): Promise<StoredWlan[]> {
  if (templateIds.length === 0) return [];
  const columns = { id: wlans.id, templateId: wlans.templateId, ssid: wlans.ssid, position: wlans.position, settings: wlans.settings, sealed: wlans.encryptedSecrets };
  const rows = await tx.select(columns).from(wlans).where(inArray(wlans.templateId, [...templateIds])).orderBy(asc(wlans.position), asc(wlans.id));
  return rows.map(({ id, templateId, position, ssid, settings, sealed }) => ({ id, templateId, position, document: { ...settings, ssid }, secrets: decrypted(id, sealed) }));
}

/** The values of secrets by their names. */
export const secretValues = (secrets: WlanSecrets): Record<string, string> => Object.fromEntries(Object.entries(secrets).map(([name, { value }]) => [name, value]));

/** Since when each secret is set, and by whom. */
export const secretStatesOf = (secrets: WlanSecrets): SecretState[] => Object.entries(secrets).map(([name, { setAt, setBy }]) => ({ name, setAt: new Date(setAt), setBy }));

type States = Record<string, string>;

/** The secrets after changes, where null removes one, and what an audit entry says of those that changed. */
export function changedSecrets(secrets: WlanSecrets, changes: Readonly<Record<string, string | null>>, actor: Actor): { secrets: WlanSecrets; before: States; after: States } {
  const [before, after]: [States, States] = [{}, {}];
  const next = new Map(Object.entries(secrets));
  for (const [name, value] of Object.entries(changes)) {
    const isSet = next.has(name);
    if (value === null && !isSet) continue;
    before[name] = isSet ? secretStates.set : secretStates.missing;
    after[name] = value === null ? secretStates.missing : isSet ? secretStates.replaced : secretStates.set;
    if (value === null) next.delete(name);
    else next.set(name, { value, setAt: new Date().toISOString(), setBy: actor.name });
  }
  return { secrets: Object.fromEntries(next), before, after };
}

/** A copy of WLANs in another template, with their secrets sealed for the new rows. */
export async function copyWlans(tx: Tx, templateId: string, copied: readonly StoredWlan[]): Promise<void> {
  if (copied.length === 0) return;
  const rows = copied.map(({ position, document: { ssid, ...settings }, secrets }) => {
    const id = crypto.randomUUID();
    return { id, templateId, position, ssid: String(ssid), settings, encryptedSecrets: sealedSecrets(id, secrets) };
  });
  await tx.insert(wlans).values(rows);
}
