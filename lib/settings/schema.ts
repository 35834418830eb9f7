import * as z from "zod/mini";
import { checkbox, rowVersion } from "@/lib/shared/form-schemas";
import { nameLines } from "@/lib/shared/text-schemas";
import { maxSites } from "@/lib/shared/settings/fields";
import { settingsSections, siteListNames } from "./sections";

/** The name of the text field for sites by name, which is used without script. */
export const siteNamesField = (name: string): string => `names.${name}`;

const siteNames = Object.fromEntries(siteListNames.map((name) => [siteNamesField(name), nameLines(maxSites, `Choose at most ${maxSites} sites`)]));

/** The check box that tells the members whom a stricter policy touches; the page offers it with the preview. */
export const notifyField = "notify_members";

export type TypedSettings = { version: number; [name: string]: unknown };

/** What the settings page sends: every field of every section. */
export const UpdateSettings = z
  .strictObject({ version: rowVersion, [notifyField]: checkbox, ...settingsSections.formShape, ...siteNames })
  .check(({ value, issues }) => {
    for (const [name, message] of Object.entries(settingsSections.check(value))) issues.push({ code: "custom", message, path: [name], input: value });
  }) as unknown as z.ZodMiniType<TypedSettings, { version: number | string; [name: string]: unknown }>;

export const GetSettings = z.object({});

/** A settings document as it is stored, exported and imported. */
export const SettingsDocument = settingsSections.document;
