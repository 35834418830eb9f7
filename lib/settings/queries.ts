import "server-only";
import { eq, inArray } from "drizzle-orm";
import { auditActors, organizationSecrets, sites } from "@/db/schema";
import type { Tx } from "@/db/tx";
import type { Actor } from "@/lib/access/actor";
import { lastUpdatedBy } from "@/lib/kernel/audit";
import { query } from "@/lib/kernel/query";
import { settingsOf } from "@/lib/settings/internal";
import { defaultSessionPolicy } from "@/lib/sessions/queries";
import { type Settings, staleSettingsError, typedChanges } from "@/lib/settings/rules";
import { GetSettings, siteNamesField, type TypedSettings } from "@/lib/settings/schema";
import { siteListNames } from "@/lib/settings/sections";
import type { SecretState } from "@/lib/shared/settings/secret-state";
import type { TypedChange } from "@/lib/shared/settings/section-rules";
import { AppError } from "@/lib/shared/app-error";
import { idsByName } from "@/lib/sites/queries";

/** The settings of the organization, which secrets are set, without their values, and the defaults of this installation by path. */
export const getSettings = query({
  permission: "settings.read",
  input: GetSettings,
  run: async ({ tx, actor }) => ({ ...(await settingsOf(tx, actor.orgId)), secrets: await secretStatesOf(tx), defaults: installationDefaults() }),
});

function installationDefaults(): Readonly<Record<string, number>> {
  const { sessionMinutes, idleMinutes } = defaultSessionPolicy();
  return { session_expiry: sessionMinutes, ui_idle_timeout: idleMinutes };
}

/** Which secrets are set, since when and by whom. */
export const secretStatesOf = (tx: Tx): Promise<SecretState[]> =>
  tx
    .select({ name: organizationSecrets.name, setAt: organizationSecrets.setAt, setBy: auditActors.name })
    .from(organizationSecrets)
    .leftJoin(auditActors, eq(auditActors.actorId, organizationSecrets.setById));

/** What saving the settings page would change; fails when its version is outdated or it names a site that does not exist. */
export async function plannedChange(tx: Tx, actor: Actor, current: Settings, { version, ...typed }: TypedSettings): Promise<TypedChange> {
  if (current.version !== version) throw staleSettingsError(current, await lastUpdatedBy(tx, actor, actor.orgId, "settings.updated"));
  return typedChanges(current.document, { ...typed, ...(await listedSites(tx, typed)) });
}

/** The sites of each list of sites, those chosen and those named; one that does not exist is an error beside its field. */
async function listedSites(tx: Tx, typed: Readonly<Record<string, unknown>>): Promise<Record<string, string[]>> {
  const lists: Record<string, string[]> = {};
  for (const name of siteListNames) {
    const chosen = (typed[name] ?? []) as string[];
    const found = await existingSites(tx, chosen);
    if (found.length < new Set(chosen).size) throw new AppError("invalid", "Check the marked fields", { [name]: ["One of these sites no longer exists"] });
    const named = await idsByName(tx, sites, (typed[siteNamesField(name)] ?? []) as string[], siteNamesField(name));
    lists[name] = [...new Set([...chosen, ...named])];
  }
  return lists;
}

/** Those of the given ids that are sites of the organization. */
export async function existingSites(tx: Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx.select({ id: sites.id }).from(sites).where(inArray(sites.id, [...ids]));
  return rows.map(({ id }) => id);
}
