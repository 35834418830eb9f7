import type { Role } from "@/lib/vocabulary/access";
import { homeOf } from "@/lib/vocabulary/menu";
import { countries, isTimeZone } from "@/lib/vocabulary/places";

export const firstSiteName = "Primary Site";

const inOneSpelling = (zone: string) => new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;

type WithZones = Intl.Locale & { getTimeZones?: () => string[] | undefined };
const zonesOf = (region: string) => (new Intl.Locale("und", { region }) as WithZones).getTimeZones?.() ?? [];

let countryByZone: Map<string, string> | undefined;

function countryOf(zone: string): string | undefined {
  countryByZone ??= new Map(
    Object.keys(countries).flatMap((code) => zonesOf(code).map((name): [string, string] => [inOneSpelling(name), code])),
  );
  return countryByZone.get(inOneSpelling(zone));
}

/** Where the first site of an organization probably is: where its creator's clock and language say they are. */
export function firstPlace(zone: string | undefined, language: string | null): { country: string; timeZone: string } {
  const timeZone = zone && isTimeZone(zone) ? zone : "UTC";
  const spoken = /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?-([A-Z]{2})\b/.exec(language ?? "")?.[1] ?? "";
  return { timeZone, country: countryOf(timeZone) ?? (spoken in countries ? spoken : "US") };
}

export type Choice = { lastOrganizationId: string | null; organizations: readonly { id: string; role: Role }[] };

/** Where a person arrives after signing in: what they wanted, where they last were, or what there is to choose (ACC-10). */
export function arrivalOf({ lastOrganizationId, organizations }: Choice, wanted: { path: string | null; orgId?: string }): string {
  if (wanted.path) return wanted.path;
  const own = (id: string | null | undefined) => organizations.find((organization) => organization.id === id);
  const [only, ...more] = organizations;
  const chosen = own(wanted.orgId) ?? own(lastOrganizationId) ?? (more.length === 0 ? only : undefined);
  if (chosen) return homeOf(chosen.id, chosen.role);
  return only ? "/orgs" : "/orgs/new";
}
