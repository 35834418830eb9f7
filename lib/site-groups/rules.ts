import { StaleVersionError } from "@/lib/shared/app-error";
import { countText } from "@/lib/shared/count-text";
import type { FormValues } from "@/lib/shared/form-state";

type SiteGroupFields = { id: string; name: string; version: number };

/** Initial values of the site group form. */
export const siteGroupFormValues = ({ id, name, version }: SiteGroupFields): FormValues => ({ siteGroupId: id, name, version: String(version) });

/** The error for a save with an outdated version; it carries who saved and the current values. */
export const staleSiteGroupError = (current: SiteGroupFields, by = "Someone") =>
  new StaleVersionError(`${by} renamed this site group after you opened it`, by, siteGroupFormValues(current));

type GroupUse = { sites: number; administrators: number; onlyThis: number };

/** The consequences of deleting a site group, with counts. */
export function deletionText({ sites, administrators, onlyThis }: GroupUse): string {
  if (sites === 0 && administrators === 0) return "It has no sites, and no administrator has access through it.";
  const left = onlyThis === 0 ? "" : onlyThis === administrators ? " and will have no site left" : `; ${onlyThis} of them will have no site left`;
  const lost = administrators === 0 ? "No administrator loses access." : `${countText(administrators, "administrator")} ${administrators === 1 ? "loses" : "lose"} access through it${left}.`;
  const removed = sites === 0 ? "It has no sites." : `${countText(sites, "site")} ${sites === 1 ? "is" : "are"} removed from it.`;
  return `${removed} ${lost}`;
}
