import { Fault } from "@/lib/vocabulary/fault";

type Facts = { name: string; country: string; timeZone: string; address: string; groups: string[] };

/** Tells the second of two people who saved what stands now in each field that differs from theirs. */
export function changedMeanwhile(now: Facts, sent: Facts): Fault {
  const names = ["name", "country", "timeZone", "address", "groups"] as const;
  const differing = names.filter((name) => String(now[name]) !== String(sent[name]));
  const fields = Object.fromEntries(differing.map((name) => [name, [`Now “${[now[name]].flat().join(", ")}”`]]));
  return new Fault("conflict", "Somebody saved this site after you opened it. Open it again, or compare the marked fields", fields);
}

/** Whether two lists name the same groups, in whatever order. */
export const sameGroups = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && new Set([...one, ...other]).size === one.length;

/** A group decides who may administer its sites, so it is not for those who see some sites only. */
export const groupsAreShared = () =>
  new Fault("invalid", "Check the marked fields", { groups: ["Only administrators of all sites change site groups"] });
