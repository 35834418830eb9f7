import { StaleVersionError } from "@/lib/shared/app-error";
import type { FormValues } from "@/lib/shared/form-state";
import { settingsSections } from "@/lib/settings/sections";
import type { SettingsDocument } from "@/lib/shared/settings/document";
import { sectionRules } from "@/lib/shared/settings/section-rules";

const rules = sectionRules(settingsSections);

export type Settings = { orgId: string; version: number; document: SettingsDocument };

/** The context to which a secret of the settings is encrypted. */
export const secretAad = (orgId: string, name: string): string => `organization_secrets/${orgId}/${name}`;

/** The values of the settings form, with the defaults for what is not set. */
export const settingsFormValues = ({ document, version }: Settings): FormValues => ({
  version: String(version),
  ...rules.toForm(document),
});

/** The changes that the values of the form make; a value that was shown as a default and kept is no change. */
export const typedChanges = rules.typedChanges;

/** The titles of the sections that hold these paths or secrets, in the order of the page. */
export const sectionTitles = rules.sectionTitles;

/** The events whose audit entries hold changes of settings. */
export const settingsEvents = ["settings.updated", "organization.imported"] as const;

/** The name of a setting or secret in words, with its section; undefined for a path that is no setting. */
export const settingLabel = rules.label;

/** The error for a save with an outdated version; it carries who saved and the current values. */
export const staleSettingsError = (current: Settings, by = "Someone") =>
  new StaleVersionError(`${by} changed these settings after you opened them`, by, settingsFormValues(current));

/** What sections object to in a document whose values are each valid, by the name of the field. */
export const documentProblems = rules.problems;
