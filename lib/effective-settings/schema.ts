import * as z from "zod/mini";
import { filterParam, queryParam, rowId, searchTerm } from "@/lib/shared/text-schemas";

/** Where a value of a site can come from, from the nearest to the farthest. */
export const sources = ["site", "template", "organization", "default"] as const;

const filter = {
  search: queryParam(searchTerm(200)),
  source: filterParam(z.enum(sources), sources.length),
  /** Only values that differ from the default. */
  values: queryParam(z.literal("changed")),
};

/** The query string of the page; the site is in the path. */
export const EffectiveSettingsParams = z.object(filter);
export const GetEffectiveSettings = z.object({ siteId: rowId(), ...filter });
export const DownloadFormat = z.catch(z._default(z.enum(["csv", "json"]), "csv"), "csv");
