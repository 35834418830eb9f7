import "server-only";
import { command } from "@/lib/kernel/command";
import { lastUpdatedBy } from "@/lib/kernel/audit";
import { changeSite, lockSiteSettings } from "@/lib/site-settings/internal";
import { staleSiteSettingsError, typedSiteChanges } from "@/lib/site-settings/rules";
import { UpdateSiteSettings } from "@/lib/site-settings/schema";

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
