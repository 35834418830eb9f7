import "server-only";
import { readEffectiveSettings } from "@/lib/effective-settings/internal";
import { matchingValues } from "@/lib/effective-settings/rules";
import { GetEffectiveSettings } from "@/lib/effective-settings/schema";
import { query } from "@/lib/kernel/query";

/** The values that apply to a site and match a filter, with where each comes from, and the number without the filter. */
export const getEffectiveSettings = query({
  permission: "site.read",
  input: GetEffectiveSettings,
  async run({ tx, actor }, { siteId, ...filter }) {
    const { name, template, values } = await readEffectiveSettings(tx, actor.orgId, siteId);
    return { name, template, total: values.length, values: matchingValues(values, template, filter) };
  },
});
