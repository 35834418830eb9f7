import { Fault, Overtaken } from "@/lib/vocabulary/fault";
import type { FormValues } from "@/lib/vocabulary/result";

type Facts = { id: string; name: string; country: string; timeZone: string; address: string; groups: string[]; version: number };

/** What a form about a site begins with. */
export const formOf = ({ id, name, country, timeZone, address, groups, version }: Facts): FormValues => ({
  siteId: id,
  name,
  country,
  timeZone,
  address,
  groups: groups.join(", "),
  version: String(version),
});

/** Tells the second of two people who saved who was first and what stands now. */
export const savedMeanwhile = (now: Facts, by = "Somebody") =>
  new Overtaken(`${by} saved this site after it was opened here`, by, formOf(now));

/** Whether two lists name the same groups, in whatever order. */
export const sameGroups = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && new Set([...one, ...other]).size === one.length;

/** A group decides who may administer its sites, so it is not for those who see some sites only. */
export const groupsAreShared = () =>
  new Fault("invalid", "Check the marked fields", { groups: ["Only administrators of all sites change site groups"] });
