import { type Actor, can } from "@/lib/access/actor";
import { countries } from "@/lib/shared/countries";
import { timeZoneOptions, timeZonesByCountry } from "@/lib/shared/time-zone-names";
import { hasGeocoder, mapSettings } from "@/lib/web/map-settings";
import type { LocationFieldProps } from "./location/location-field";

const countryOptions = Object.entries(countries).map(([value, label]) => ({ value, label }));

/** Options for country and time zone, with the current UTC offsets. */
export const siteOptions = (at: Date) => ({
  countries: countryOptions,
  zones: timeZoneOptions(at),
  zonesByCountry: timeZonesByCountry(at),
});

/** The search URL of the site groups, for actors who may change them. */
export const suggestionsHref = (actor: Actor) => (can(actor, "site.group") ? `/orgs/${actor.orgId}/site-groups/suggestions` : undefined);

/** What the location of a site is drawn with. */
export const locationOptions = ({ orgId }: Actor): LocationFieldProps => ({ placesHref: `/orgs/${orgId}/sites/places`, map: mapSettings(), hasGeocoder: hasGeocoder() });

export type SiteOptions = ReturnType<typeof siteOptions>;
