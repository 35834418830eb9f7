import { firmwareCatalog } from "@/lib/firmware-versions";
import { versionProblem, withCatalogNames } from "@/lib/firmware/rules";
import { anyTime, CustomVersions, customVersionsText, dayNames, UpgradeTime } from "@/lib/firmware/schema";
import { valueAt } from "@/lib/shared/settings/document";
import { checkField, choiceField, single } from "@/lib/shared/settings/fields";
import { defineSection, type SettingsField } from "@/lib/shared/settings/section";
import { type CustomVersions as Versions, customVersionsOf, customVersionsToText, type VersionLine } from "@/lib/shared/version-lines";

const path = "auto_upgrade.custom_versions";
const storedVersions = (document: Parameters<typeof valueAt>[0]) => (valueAt(document, path) ?? {}) as Versions;
const typedLines = (value: unknown) => withCatalogNames(firmwareCatalog(), (value ?? []) as VersionLine[]);

const customVersions: SettingsField = {
  label: "Versions",
  control: { kind: "own" },
  within: "custom",
  document: { [path]: CustomVersions },
  form: customVersionsText,
  toForm: (document) => customVersionsToText(storedVersions(document)),
  toDocument: (value) => {
    const lines = typedLines(value);
    return { [path]: lines.length > 0 ? customVersionsOf(lines) : undefined };
  },
  problem: (value, { document }) => versionProblem(firmwareCatalog(), typedLines(value), storedVersions(document)),
};

const days = Object.entries(dayNames).map(([value, label]) => ({ value, label }));
const [firstDay = { value: "any", label: dayNames.any }, ...otherDays] = days;

export const apFirmwareUpgrade = defineSection({
  id: "ap-firmware-upgrade",
  title: "AP Firmware Upgrade",
  description: "When access points install new firmware, and which. The first run is at least 2 hours after saving.",
  fields: {
    "auto_upgrade.enabled": checkField({ label: "Enable Auto Update" }),
    "auto_upgrade.version": choiceField({
      label: "Upgrade Version",
      options: [
        { value: "stable", label: "Auto upgrade to production firmware" },
        { value: "beta", label: "Auto upgrade to rc2 firmware" },
        { value: "custom", label: "Auto upgrade to custom firmware" },
      ],
    }),
    [path]: customVersions,
    "auto_upgrade.time_of_day": single<string>({ label: "Time of Day", control: { kind: "own" }, value: UpgradeTime, form: UpgradeTime, fallback: "02:00", format: (time = anyTime) => time }),
    "auto_upgrade.day_of_week": choiceField({ label: "Day of Week", as: "select", fallback: "sun", options: [firstDay, ...otherDays] }),
  },
  check(values) {
    const lines = values[path];
    const lacksVersions = values["auto_upgrade.enabled"] === true && values["auto_upgrade.version"] === "custom" && Array.isArray(lines) && lines.length === 0;
    return lacksVersions ? { [path]: "Select a version for at least one model" } : undefined;
  },
});
