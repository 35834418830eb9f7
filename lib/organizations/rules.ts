import { homePath } from "@/lib/shared/menu";
import { countries } from "@/lib/shared/countries";
import { currentTimeZoneName, isTimeZone } from "@/lib/shared/time-zone-id";
import { timeZonesOf } from "@/lib/shared/time-zone-names";

export const defaultSiteName = "Primary Site";

let countryByTimeZone: Map<string, string> | undefined;

function countryInTimeZone(zone: string): string | undefined {
  countryByTimeZone ??= new Map(Object.keys(countries).flatMap((code) => timeZonesOf(code).map((name): [string, string] => [name, code])));
  return countryByTimeZone.get(zone);
}

/** Guesses country and time zone of the first site from the browser's time zone and `Accept-Language`. */
export function guessSiteDefaults(zone: string | undefined, language: string | null): { country: string; timeZone: string } {
  const timeZone = zone && isTimeZone(zone) ? currentTimeZoneName(zone) : "UTC";
  const languageRegion = /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?-([A-Z]{2})\b/.exec(language ?? "")?.[1] ?? "";
  return { timeZone, country: countryInTimeZone(timeZone) ?? (languageRegion in countries ? languageRegion : "US") };
}

export type OwnOrganizations = { lastOrganizationId: string | null; organizations: readonly { id: string }[] };

/** The path after sign-in: the requested page, else the requested, last used or only organization, else the chooser. */
export function resolveLandingPath({ lastOrganizationId, organizations }: OwnOrganizations, returnTo: { path: string | null; orgId?: string }): string {
  if (returnTo.path) return returnTo.path;
  const ownOrganization = (id: string | null | undefined) => organizations.find((organization) => organization.id === id);
  const [first, ...others] = organizations;
  const chosen = ownOrganization(returnTo.orgId) ?? ownOrganization(lastOrganizationId) ?? (others.length === 0 ? first : undefined);
  if (chosen) return homePath(chosen.id);
  return first ? "/orgs" : "/orgs/new";
}
