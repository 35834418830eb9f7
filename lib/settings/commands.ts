import "server-only";
import { sites } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { lastUpdatedBy } from "@/lib/kernel/audit";
import { command } from "@/lib/kernel/command";
import { changeSettings, lockSettings } from "@/lib/settings/internal";
import { existingSites } from "@/lib/settings/queries";
import { staleSettingsError, typedChanges } from "@/lib/settings/rules";
import { siteNamesField, UpdateSettings } from "@/lib/settings/schema";
import { siteListNames } from "@/lib/settings/sections";
import { AppError } from "@/lib/shared/app-error";
import { idsByName } from "@/lib/sites/queries";

/** Saves the settings page; fails when the version is outdated. */
export const updateSettings = command({
  permission: "settings.update",
  input: UpdateSettings,
  async run(scope, { version, ...typed }) {
    const { tx, actor } = scope;
    const before = await lockSettings(tx, actor.orgId);
    if (before.version !== version) throw staleSettingsError(before, await lastUpdatedBy(tx, actor, actor.orgId, "settings.updated"));
    const change = typedChanges(before.document, { ...typed, ...(await listedSites(tx, typed)) });
    return changeSettings(scope, change);
  },
});

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
