import { Fault, Overtaken } from "@/lib/vocabulary/fault";
import type { FormValues } from "@/lib/vocabulary/result";

type Facts = { id: string; name: string; country: string; timeZone: string; address: string; groups: string[]; version: number };

/** Initial values of the site form. */
export const formOf = ({ id, name, country, timeZone, address, groups, version }: Facts): FormValues => ({
  siteId: id,
  name,
  country,
  timeZone,
  address,
  groups: groups.join(", "),
  version: String(version),
});

/** The error for a save with an outdated version; it carries who saved and the current values. */
export const savedMeanwhile = (current: Facts, by = "Somebody") =>
  new Overtaken(`${by} saved this site after it was opened here`, by, formOf(current));

/** Whether two lists contain the same groups, in any order. */
export const sameGroups = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && new Set([...one, ...other]).size === one.length;

/** The error for an administrator of some sites who changes groups, since groups grant access to sites. */
export const groupsAreShared = () =>
  new Fault("invalid", "Check the marked fields", { groups: ["Only administrators of all sites change site groups"] });
