import { type BulkEdit, tickedFields } from "@/lib/site-bulk-edit/schema";
import { bulkSections } from "@/lib/site-bulk-edit/sections";
import { AppError } from "@/lib/shared/app-error";
import type { ItemResult } from "@/lib/shared/selection";
import { type SettingsDocument, withChanges } from "@/lib/shared/settings/document";
import { inOneMessage } from "@/lib/shared/settings/one-message";
import type { Section } from "@/lib/shared/settings/section";
import { sectionRules, type TypedChange } from "@/lib/shared/settings/section-rules";
import { sectionSet } from "@/lib/shared/settings/section-set";
import { siteChangeTexts, siteDocumentProblems, type SiteSettings, siteSettingLabel } from "@/lib/site-settings/rules";

/** Makes the function that gives the change of a site by an edit, or throws why the site can't have it. */
export function siteChanges(edit: BulkEdit): (document: SettingsDocument) => TypedChange {
  const section = bulkSections.find(({ id }) => id === edit.section);
  const ticked = tickedFields(edit);
  const typed = Object.fromEntries(ticked.map(([name, { form }]) => [name, form.safeParse(edit[name]).data]));
  const rules = section && sectionRules(sectionSet([{ ...section, fields: Object.fromEntries(ticked) }]));
  return (document) => {
    if (!section || !rules) throw new AppError("invalid", "Choose a section");
    const change = rules.typedChanges(document, { ...valuesOf(section, document), ...typed });
    requireSound(document, change);
    return change;
  };
}

const valuesOf = ({ fields }: Section, document: SettingsDocument) =>
  Object.fromEntries(Object.entries(fields).map(([name, { form, toForm }]) => [name, form.safeParse(toForm(document)).data]));

/** Refuses a change after which values do not fit each other; problems that a site has already do not count. */
function requireSound(document: SettingsDocument, { values }: TypedChange): void {
  const after = Object.entries(siteDocumentProblems(withChanges(document, values)));
  if (after.length === 0) return;
  const before = siteDocumentProblems(document);
  const problem = after.find(([name, message]) => before[name] !== message);
  if (problem) throw new AppError("conflict", `${siteSettingLabel(problem[0]) ?? problem[0]}: ${problem[1]}`);
}

/** What a change replaces by what, in words, without the section, which the page names; `names` has names for ids. */
export const changeText = (document: SettingsDocument, change: TypedChange, names: ReadonlyMap<string, string>): string =>
  siteChangeTexts(document, change, names).map(({ label, text }) => `${label.replace(/^.*?: /, "")}: ${text}`).join("; ");

/** What is said of a site that an edit does not change. */
export const unchangedText = "is already so";

/** What an edit would do with a site. */
export function previewOf({ siteId, name, document }: SiteSettings, changeOf: (document: SettingsDocument) => TypedChange, names: ReadonlyMap<string, string>): ItemResult {
  const item = { id: siteId, name };
  try {
    const text = changeText(document, changeOf(document), names);
    return text === "" ? { ...item, done: true, text: unchangedText, isUnchanged: true } : { ...item, done: true, text };
  } catch (error) {
    const refusal = inOneMessage(error, siteSettingLabel);
    if (!(refusal instanceof AppError)) throw error;
    return { ...item, done: false, text: refusal.message };
  }
}
