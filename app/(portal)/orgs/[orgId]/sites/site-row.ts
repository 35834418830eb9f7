import type { Site } from "@/lib/sites/queries";
import { countries } from "@/lib/shared/countries";
import { currentTimeZoneName } from "@/lib/shared/time-zone-id";

/** A row of the list and its file. */
export type SiteRow = { id: string; name: string; country: string; timeZone: string; address: string; groups: string; rfTemplate: string };

export const toSiteRow = ({ id, name, country, timeZone, streetAddress, groups, rfTemplate }: Site & { rfTemplate: string }): SiteRow => ({
  id,
  name,
  country: countries[country] ?? country,
  timeZone: currentTimeZoneName(timeZone),
  address: streetAddress,
  groups: groups.join(", "),
  rfTemplate,
});
