import { SelectField } from "@/components/form";
import { firmwareCatalog } from "@/lib/firmware-versions";
import { timeOptions, timeText } from "@/lib/firmware/next-run";
import { modelChoices } from "@/lib/firmware/rules";
import type { DateTimeOptions } from "@/lib/shared/format-date-time";
import { type SettingsDocument, valueAt } from "@/lib/shared/settings/document";
import type { CustomVersions } from "@/lib/shared/version-lines";
import { siteSections } from "@/lib/site-settings/sections";
import { FirmwareVersions } from "./firmware-versions";

const [versions, time] = ["auto_upgrade.custom_versions", "auto_upgrade.time_of_day"] as const;

const textOf = (name: string, document: SettingsDocument) => String(siteSections.fields[name]?.toForm(document) ?? "");

/** The fields of the firmware upgrades that need the list of versions, or the hour cycle of the person. */
export const firmwareFields = (document: SettingsDocument, { hours }: DateTimeOptions) => ({
  [versions]: <FirmwareVersions key={versions} name={versions} models={modelChoices(firmwareCatalog(), (valueAt(document, versions) ?? {}) as CustomVersions)} />,
  [time]: <SelectField key={time} name={time} label="Time of Day" options={timeOptions(hours)} />,
});

/** The values of those fields for people who may not change them. */
export const firmwareValues = (document: SettingsDocument, { hours }: DateTimeOptions) => ({
  [versions]: textOf(versions, document).replaceAll("\n", ", ") || "None",
  [time]: timeText(textOf(time, document), hours),
});
