import "server-only";
import { lastUpdatedBy } from "@/lib/kernel/audit";
import { command } from "@/lib/kernel/command";
import { settingsChanges } from "@/lib/settings-history/queries";
import { documentAt, restorable } from "@/lib/settings-history/rules";
import { RestoreSettings } from "@/lib/settings-history/schema";
import { changeSettings, lockSettings } from "@/lib/settings/internal";
import { existingSites } from "@/lib/settings/queries";
import { documentProblems, settingLabel } from "@/lib/settings/rules";
import { documentPaths, siteListNames } from "@/lib/settings/sections";
import { withChanges } from "@/lib/shared/settings/document";
import { AppError, notFoundError } from "@/lib/shared/app-error";

/** Gives one setting, or all, the value of an earlier point; secrets stay as they are. Fails when the version is outdated. */
export const restoreSettings = command({
  permission: "settings.update",
  input: RestoreSettings,
  async run(scope, { point, path, version }) {
    const { tx, actor } = scope;
    const current = await lockSettings(tx, actor.orgId);
    if (current.version !== version) throw new AppError("conflict", `${(await lastUpdatedBy(tx, actor, actor.orgId, "settings.updated")) ?? "Someone"} changed the settings after you opened this page. Open it again`);
    const earlier = documentAt(current.document, await settingsChanges(tx, actor.orgId), point);
    if (!earlier) throw notFoundError("Point of the history");
    const { values, invalid } = restorable(earlier, path === "" ? Object.keys(documentPaths) : [path]);
    if (path !== "" && !Object.hasOwn(values, path)) throw new AppError("conflict", "This value can’t be restored: the setting no longer takes it");
    for (const list of siteListNames) if (Array.isArray(values[list])) values[list] = await existingSites(tx, values[list] as string[]);
    const [problem] = Object.entries(documentProblems(withChanges(current.document, values)));
    if (problem) throw new AppError("conflict", `${settingLabel(problem[0]) ?? problem[0]}: ${problem[1]}`);
    await changeSettings(scope, { values }).catch(inOneMessage);
    return { invalid };
  },
});

// The page has none of the fields beside which the settings page shows such an error.
function inOneMessage(error: unknown): never {
  if (!(error instanceof AppError) || !error.fields) throw error;
  const [first] = Object.entries(error.fields);
  throw new AppError("conflict", first ? `${settingLabel(first[0]) ?? first[0]}: ${first[1]?.[0]}` : error.message);
}
