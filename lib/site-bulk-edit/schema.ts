import * as z from "zod/mini";
import { checkbox } from "@/lib/shared/form-schemas";
import { notEmpty } from "@/lib/shared/selection";
import type { SettingsField } from "@/lib/shared/settings/section";
import { siteListFilter, siteSelection } from "@/lib/shared/site-selection";
import { boundedArray, boundedText, queryParam } from "@/lib/shared/text-schemas";
import { bulkSections } from "./sections";

const section = z.enum(bulkSections.map(({ id }) => id) as [string, ...string[]], "Choose a section");

/** The query string of the page: the section, and the filter of the list for all that match. */
export const BulkEditParams = z.object({ section: queryParam(section), ...siteListFilter });

/** The check box of a field: only ticked ones are changed. */
export const changeField = (name: string): string => `change.${name}`;

const [longestText, longestItem, mostItems] = [100_000, 200, 500];
const typed = z.optional(z.union([boundedText(longestText), boundedArray(boundedText(longestItem), mostItems)]));

const names = bulkSections.flatMap(({ fields }) => Object.keys(fields));
const shape: Record<string, z.ZodMiniType> = Object.fromEntries(names.flatMap((name) => [[name, typed], [changeField(name), checkbox]]));

export type BulkEdit = { section: string; ids: string[]; all: boolean; after?: string; search: string; countries: string[]; inGroups: string[]; [name: string]: unknown };

/** The section of an edit, and those of its fields that are ticked. */
export function tickedFields({ section: id, ...values }: Readonly<Record<string, unknown>>): [string, SettingsField][] {
  const fields = bulkSections.find((one) => one.id === id)?.fields ?? {};
  return Object.entries(fields).filter(([name]) => values[changeField(name)] === true);
}

/** What is wrong with the value of a ticked field. */
function problemOf({ form, control }: SettingsField, value: unknown): string | undefined {
  if (control.kind === "secret" && (value ?? "") === "") return "Enter the new value";
  return form.safeParse(value).error?.issues[0]?.message;
}

/** The ticked fields of one section for the selected sites. What is typed in other fields is neither checked nor saved. */
export const ChangeSelectedSites = z.strictObject({ ...siteSelection, section, ...shape }).check(notEmpty, ({ value, issues }) => {
  const ticked = tickedFields(value);
  if (ticked.length === 0) issues.push({ code: "custom", message: "Tick what you want to change", path: [], input: value });
  for (const [name, field] of ticked) {
    const message = problemOf(field, (value as Record<string, unknown>)[name]);
    if (message !== undefined) issues.push({ code: "custom", message, path: [name], input: value });
  }
}) as unknown as z.ZodMiniType<BulkEdit, { section: string; [name: string]: unknown }>;
