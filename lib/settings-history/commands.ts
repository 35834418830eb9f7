import "server-only";
import { lastUpdatedBy } from "@/lib/kernel/audit";
import { command } from "@/lib/kernel/command";
import { restorableSite, settingsChanges, siteChanges } from "@/lib/settings-history/internal";
import { settingsHistory, siteHistory } from "@/lib/settings-history/rules";
import { RestoreSettings, RestoreSite } from "@/lib/settings-history/schema";
import { changeSettings, lockSettings } from "@/lib/settings/internal";
import { existingSites } from "@/lib/settings/queries";
import { documentProblems, settingLabel } from "@/lib/settings/rules";
import { documentPaths, siteListNames } from "@/lib/settings/sections";
import { AppError, notFoundError } from "@/lib/shared/app-error";
import { withChanges } from "@/lib/shared/settings/document";
import { inOneMessage } from "@/lib/shared/settings/one-message";
import { changeSite, lockSiteSettings } from "@/lib/site-settings/internal";
import { siteDocumentProblems, siteSettingLabel } from "@/lib/site-settings/rules";

const outdated = (by: string | undefined, what: string) => new AppError("conflict", `${by ?? "Someone"} changed ${what} after you opened this page. Open it again`);

function requireNoProblem(problems: Readonly<Record<string, string>>, label: (path: string) => string | undefined): void {
  const [problem] = Object.entries(problems);
  if (problem) throw new AppError("conflict", `${label(problem[0]) ?? problem[0]}: ${problem[1]}`);
}

/** Gives one setting, or all, the value of an earlier point; secrets stay as they are. Fails when the version is outdated. */
export const restoreSettings = command({
  permission: "settings.update",
  input: RestoreSettings,
  async run(scope, { point, path, version }) {
    const { tx, actor } = scope;
    const current = await lockSettings(tx, actor.orgId);
    if (current.version !== version) throw outdated(await lastUpdatedBy(tx, actor, actor.orgId, "settings.updated"), "the settings");
    const earlier = settingsHistory.documentAt(current.document, await settingsChanges(tx, actor.orgId), point);
    if (!earlier) throw notFoundError("Point of the history");
    const { values, invalid } = settingsHistory.restorable(earlier, path === "" ? Object.keys(documentPaths) : [path]);
    if (path !== "" && !Object.hasOwn(values, path)) throw new AppError("conflict", "This value can’t be restored: the setting no longer takes it");
    for (const list of siteListNames) if (Array.isArray(values[list])) values[list] = await existingSites(tx, values[list] as string[]);
    requireNoProblem(documentProblems(withChanges(current.document, values)), settingLabel);
    await changeSettings(scope, { values }).catch((error: unknown) => Promise.reject(inOneMessage(error, settingLabel)));
    return { invalid };
  },
});

/** Gives one value of a site, or all, the value of an earlier point; secrets stay as they are, and what no longer exists is left out. */
export const restoreSite = command({
  permission: "site.update",
  input: RestoreSite,
  async run(scope, { siteId, point, path, version }) {
    const { tx, actor } = scope;
    const current = await lockSiteSettings(tx, siteId);
    if (current.version !== version) throw outdated(await lastUpdatedBy(tx, actor, siteId, "site.updated"), "this site");
    const earlier = siteHistory.documentAt(current.document, await siteChanges(tx, actor.orgId, siteId), point);
    if (!earlier) throw notFoundError("Point of the history");
    const differing = siteHistory.differencesBetween(current.document, earlier).map((difference) => difference.path);
    const { values, notes } = await restorableSite(tx, scope.sites, earlier, path === "" ? differing : differing.filter((one) => one === path));
    if (Object.hasOwn(notes, path) && !Object.hasOwn(values, path)) throw new AppError("conflict", `This value can’t be restored. ${notes[path]}`);
    requireNoProblem(siteDocumentProblems(withChanges(current.document, values)), siteSettingLabel);
    await changeSite(scope, siteId, { values }).catch((error: unknown) => Promise.reject(inOneMessage(error, siteSettingLabel)));
    return { siteId };
  },
});
