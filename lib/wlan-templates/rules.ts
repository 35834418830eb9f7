import { StaleVersionError } from "@/lib/shared/app-error";
import { countText } from "@/lib/shared/count-text";
import type { FormValues } from "@/lib/shared/form-state";

/** The context to which the secrets of a wireless network are encrypted. */
export const wlanSecretsAad = (wlanId: string): string => `wlans/${wlanId}`;

type Named = { id: string; name: string };

/** Where a template is applied: everywhere, or at sites and site groups, and where not. */
export type Applied = { organization: boolean; groups: readonly Named[]; sites: readonly Named[]; exceptGroups: readonly Named[]; exceptSites: readonly Named[] };

type Places = { organization: boolean; groups: readonly string[]; sites: readonly string[]; exceptGroups: readonly string[]; exceptSites: readonly string[] };

/** Whether a template that is applied at these places reaches a site in these groups; an exception comes before everything else. */
export function reaches({ organization, groups, sites, exceptGroups, exceptSites }: Places, site: { id: string; groups: readonly string[] }): boolean {
  const isIn = (siteIds: readonly string[], groupIds: readonly string[]) => siteIds.includes(site.id) || site.groups.some((group) => groupIds.includes(group));
  return (organization || isIn(sites, groups)) && !isIn(exceptSites, exceptGroups);
}

type Counts = { organization: boolean; groups: number; sites: number; exceptions: number };

/** Where a template is applied, in a few words. */
export function appliedText({ organization, groups, sites, exceptions }: Counts): string {
  const places = organization ? ["Whole organization"] : [...(groups > 0 ? [countText(groups, "site group")] : []), ...(sites > 0 ? [countText(sites, "site")] : [])];
  if (places.length === 0) return "Nowhere yet";
  return exceptions === 0 ? places.join(", ") : `${places.join(", ")}, with ${countText(exceptions, "exception")}`;
}

export type WlanTemplate = { id: string; name: string; version: number; applied: Applied };

const ids = (places: readonly Named[]) => places.map(({ id }) => id);

/** The values of the form of a WLAN template. */
export const wlanTemplateFormValues = ({ id, name, version, applied }: WlanTemplate): FormValues => ({
  templateId: id,
  version: String(version),
  name,
  organization: applied.organization ? "true" : "",
  groups: ids(applied.groups),
  sites: ids(applied.sites),
  exceptGroups: ids(applied.exceptGroups),
  exceptSites: ids(applied.exceptSites),
});

/** The error for a save with an outdated version; it carries who saved, the current values, and the names of places. */
export function staleWlanTemplateError(current: WlanTemplate, by = "Someone") {
  const { groups, sites, exceptGroups, exceptSites } = current.applied;
  const labels = Object.fromEntries([...groups, ...sites, ...exceptGroups, ...exceptSites].map(({ id, name }) => [id, name]));
  return new StaleVersionError(`${by} changed this WLAN template after you opened it`, by, wlanTemplateFormValues(current), labels);
}

/** What the deletion of a template takes away, as a sentence. */
export function deletionText({ ssids, sites }: { ssids: readonly string[]; sites: number }): string {
  if (ssids.length === 0) return "It has no WLANs.";
  const named = new Intl.ListFormat("en-GB").format(ssids);
  return sites === 0 ? `Its WLANs are deleted with it: ${named}. No site uses it.` : `Its WLANs are deleted with it: ${named}. ${countText(sites, "site")} ${sites === 1 ? "loses" : "lose"} them.`;
}

/** How a site resolves a variable. */
export type ResolvedVariable = { name: string; value?: string };

/** One site that a template reaches, with its variables, and what is wrong at it. */
export type SiteResolution = { id: string; name: string; variables: readonly ResolvedVariable[]; problems: readonly string[] };
