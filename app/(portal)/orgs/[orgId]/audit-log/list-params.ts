import type { Choice as Option } from "@/components/table/filters";
import type { Params } from "@/components/table/url";
import { type FilterChoice, maxFilterChoices } from "@/lib/audit/queries";
import type { AuditSearchParams } from "@/lib/audit/schema";

/** The search parameters of the list, without defaults and invalid values. */
export function listParams(search: AuditSearchParams, columns: string | string[] | undefined): Params {
  const { period, date, from, to, admins, sites, message } = search;
  return {
    period: period === "today" ? undefined : period,
    date: period === "date" ? date : undefined,
    from: period === "range" ? from : undefined,
    to: period === "range" ? to : undefined,
    admins,
    sites,
    message: message || undefined,
    columns,
  };
}

/** A filter menu of people or sites; `find` searches on the server when there may be more. */
export type FilterMenuOptions = { label: string; name: string; options: Option[]; find?: string; text: string };

/** People with the same name are labelled with their email. */
export function filterMenuOptions(label: "Admin" | "Site", choices: readonly FilterChoice[], text: string): FilterMenuOptions {
  const counts = new Map<string, number>();
  for (const { name } of choices) counts.set(name, (counts.get(name) ?? 0) + 1);
  const options = choices.map(({ id, name, email }) => ({
    value: id,
    label: email && (counts.get(name) ?? 0) > 1 ? `${name} (${email})` : name,
  }));
  const find = label === "Admin" ? "findAdmin" : "findSite";
  const searchesOnServer = text !== "" || options.length >= maxFilterChoices;
  return { label, name: `${label.toLowerCase()}s`, options, find: searchesOnServer ? find : undefined, text };
}
