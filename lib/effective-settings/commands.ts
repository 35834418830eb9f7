import "server-only";
import { readEffectiveSettings } from "@/lib/effective-settings/internal";
import { derivedSettings, matchingValues } from "@/lib/effective-settings/rules";
import { GetEffectiveSettings } from "@/lib/effective-settings/schema";
import { command } from "@/lib/kernel/command";

/** The values that apply to a site and match a filter, and all of them in the published shape, as an export that is recorded. */
export const exportEffectiveSettings = command({
  permission: "site.read",
  input: GetEffectiveSettings,
  async run({ tx, actor, record }, { siteId, ...filter }) {
    const { name, template, values } = await readEffectiveSettings(tx, actor.orgId, siteId);
    await record("site.exported", { subject: { id: siteId, label: `effective configuration of ${name}` }, site: { id: siteId, name }, after: filter });
    return { template, values: matchingValues(values, template, filter), derived: derivedSettings(values) };
  },
});
