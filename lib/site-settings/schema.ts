import * as z from "zod/mini";
import { checkbox, rowVersion } from "@/lib/shared/form-schemas";
import { rowId, singleLine } from "@/lib/shared/text-schemas";
import { siteSections } from "./sections";

export type TypedSiteSettings = { siteId: string; version: number; [name: string]: unknown };

/** What the page of a site sends: every field of every section. */
export const UpdateSiteSettings = z
  .strictObject({ siteId: rowId(), version: rowVersion, ...siteSections.formShape })
  .check(({ value, issues }) => {
    for (const [name, message] of Object.entries(siteSections.check(value))) issues.push({ code: "custom", message, path: [name], input: value });
  }) as unknown as z.ZodMiniType<TypedSiteSettings, { siteId: string; version: number | string; [name: string]: unknown }>;

/** A clone takes what is checked. */
export const CloneSite = z.strictObject({ siteId: rowId(), name: singleLine(64, "Give the site a name"), settings: checkbox, groups: checkbox, variables: checkbox, location: checkbox });

export const GetSiteSettings = z.object({ siteId: rowId() });

/** The document of a site as it is stored and exported: its own fields and its settings. */
export const SiteDocument = siteSections.document;
