import { type EffectiveValue, effectiveText, type Layers, settingName, sourceText } from "@/lib/effective-settings/rules";

/** A row of the list and its file. */
export type SettingRow = { path: string; section: string; label: string; value: string; source: string };

export const toSettingRow = (template: Layers["template"]) => (found: EffectiveValue): SettingRow => ({
  path: found.path,
  ...settingName(found.path),
  value: effectiveText(found, template),
  source: sourceText(found.source, template),
});
