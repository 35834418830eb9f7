import "server-only";
import { command } from "@/lib/kernel/command";
import { lastUpdatedBy } from "@/lib/kernel/audit";
import { changeSite, copySite, lockSiteSettings } from "@/lib/site-settings/internal";
import { staleSiteSettingsError, typedSiteChanges } from "@/lib/site-settings/rules";
import { CloneSite, UpdateSiteSettings } from "@/lib/site-settings/schema";

/** Saves the page of a site: its fields, groups, settings and secrets as one change; fails when the version is outdated. */
export const updateSiteSettings = command({
  permission: "site.update",
  input: UpdateSiteSettings,
  async run(scope, { siteId, version, ...typed }) {
    const { tx, actor } = scope;
    const current = await lockSiteSettings(tx, siteId);
    if (current.version !== version) throw staleSiteSettingsError(current, await lastUpdatedBy(tx, actor, siteId, "site.updated"));
    return changeSite(scope, siteId, typedSiteChanges(current.document, typed));
  },
});

/** Creates a site with chosen parts of another one, under a new name. */
export const cloneSite = command({
  permission: "site.create",
  input: CloneSite,
  async run(scope, { siteId, name, ...parts }) {
    return { id: await copySite(scope, await lockSiteSettings(scope.tx, siteId), name, parts) };
  },
});
