import * as z from "zod/mini";
import { checkbox, rowVersion } from "@/lib/shared/form-schemas";
import { nameLines } from "@/lib/shared/text-schemas";
import { documentSchema } from "./sections/document";
import { documentPaths, fields, secretNames, sections, siteListNames } from "./sections";
import { maxSites } from "./sections/fields";

/** The name of the check box that removes a secret. */
export const removalField = (name: string): string => `remove.${name}`;

/** The name of the text field for sites by name, which is used without script. */
export const siteNamesField = (name: string): string => `names.${name}`;

const formFields = Object.fromEntries(Object.entries(fields).map(([name, { form }]) => [name, form]));
const removals = Object.fromEntries(secretNames.map((name) => [removalField(name), checkbox]));
const siteNames = Object.fromEntries(siteListNames.map((name) => [siteNamesField(name), nameLines(maxSites, `Choose at most ${maxSites} sites`)]));

/** The check box that tells the members whom a stricter policy touches; the page offers it with the preview. */
export const notifyField = "notify_members";

export type TypedSettings = { version: number; [name: string]: unknown };

/** What the settings page sends: every field of every section. */
export const UpdateSettings = z
  .strictObject({ version: rowVersion, [notifyField]: checkbox, ...formFields, ...removals, ...siteNames })
  .check(({ value, issues }) => {
    for (const { check } of sections) {
      for (const [name, message] of Object.entries(check?.(value) ?? {})) issues.push({ code: "custom", message, path: [name], input: value });
    }
  }) as unknown as z.ZodMiniType<TypedSettings, { version: number | string; [name: string]: unknown }>;

export const GetSettings = z.object({});

/** A settings document as it is stored, exported and imported. */
export const SettingsDocument = documentSchema(documentPaths);
