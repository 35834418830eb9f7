import { countText } from "@/lib/shared/count-text";
import type { FormValues } from "@/lib/shared/form-state";
import { roleNames, roles } from "@/lib/shared/roles";

const linesIn = (text: FormValues[string] = "") => String(text).split("\n").filter((line) => line.trim() !== "").length;

const dayFormat = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });

function untilText(day?: FormValues[string]): string {
  const at = new Date(`${String(day)}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? "" : `, until ${dayFormat.format(at).replace("Sept", "Sep")}`;
}

/** What the values of an access form give, in a few words: "Network Admin, 3 sites, until 3 Mar 2027". Empty while neither role nor site access is chosen. */
export function grantText(values: FormValues): string {
  const role = roleNames.find((name) => name === values.role);
  const scope = role && roles[role].alwaysAllSites ? "all" : values.scope;
  const count = (ids: "sites" | "groups", names: "siteNames" | "groupNames") => [values[ids] ?? []].flat().length + linesIn(values[names]);
  const accessTexts: Record<string, () => string> = {
    all: () => "all sites",
    groups: () => countText(count("groups", "groupNames"), "site group"),
    sites: () => countText(count("sites", "siteNames"), "site"),
  };
  const access = accessTexts[String(scope)]?.();
  if (!role && !access) return "";
  return `${role ? roles[role].label : "No role"}, ${access ?? "no site access yet"}${untilText(values.accessEndsOn)}`;
}
