import { countText } from "@/lib/shared/count-text";
import { AppError, StaleVersionError } from "@/lib/shared/app-error";
import { foldName } from "@/lib/shared/fold-text";
import { currentTimeZoneName } from "@/lib/shared/time-zone-id";
import { maxGroups } from "@/lib/sites/schema";
import type { FormValues } from "@/lib/shared/form-state";

type SiteFields = { id: string; name: string; country: string; timeZone: string; streetAddress: string; groups: string[]; version: number };

type DeletionImpact = { administrators: number; withoutSite: number; groups: number };

/** The consequences of deleting a site, one sentence each. */
export function deletionConsequences({ administrators, withoutSite, groups }: DeletionImpact): string[] {
  const people = countText(administrators, "administrator");
  const access =
    administrators === 0
      ? "Only administrators with access to all sites have access to it."
      : `${people} with access to specific sites or groups ${administrators === 1 ? "loses" : "lose"} access to it.`;
  const left = withoutSite === 0 ? [] : [`${countText(withoutSite, "administrator")} will have no site left.`];
  return [access, ...left, groups === 0 ? "It is in no site group." : `It leaves ${countText(groups, "site group")}.`];
}

/** Initial values of the site form. */
export const siteFormValues = ({ id, name, country, timeZone, streetAddress, groups, version }: SiteFields): FormValues => ({
  siteId: id,
  name,
  country,
  timeZone: currentTimeZoneName(timeZone),
  streetAddress,
  groups: groups.join(", "),
  version: String(version),
});

/** The error for a save with an outdated version; it carries who saved and the current values. */
export const staleSiteError = (current: SiteFields, by = "Someone") =>
  new StaleVersionError(`${by} changed this site after you opened it`, by, siteFormValues(current));

/** Whether two lists contain the same groups, in any order. */
export const hasSameGroups = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && new Set([...one, ...other].map(foldName)).size === one.length;

export const tooManyGroups = () => new AppError("conflict", `A site can be in at most ${maxGroups} groups`);

/** The error for an administrator of some sites who changes groups, since groups grant access to sites. */
export const sharedGroupsError = () =>
  new AppError("invalid", "Check the marked fields", { groups: ["Only administrators with access to all sites can change groups"] });

/** A row whose name key equals that of a typed name. */
export type NamedMatch = { typed: string; id: string };

const quoted = new Intl.ListFormat("en-GB", { type: "disjunction" });
const mostNamed = 3;

function quote(names: readonly string[]): string {
  const more = names.length > mostNamed ? [`${names.length - mostNamed} more`] : [];
  return quoted.format([...names.slice(0, mostNamed).map((name) => `“${name}”`), ...more]);
}

/** The ids of the rows with the typed names; unknown names are an error beside the field. */
export function identifyNames(typed: readonly string[], matches: readonly NamedMatch[], noun: string, field: string): string[] {
  const ids = new Map(matches.map((match) => [match.typed, match.id]));
  const unknown = typed.filter((name) => !ids.has(name));
  if (unknown.length > 0) throw new AppError("invalid", "Check the marked fields", { [field]: [`No ${noun} is called ${quote(unknown)}`] });
  return [...new Set(ids.values())];
}
