import * as z from "zod/mini";
import { rowVersion } from "@/lib/shared/form-schemas";
import { listParams, queryParam, rowId, searchTerm, singleLine } from "@/lib/shared/text-schemas";
import { hasSeparator } from "@/lib/shared/typed-text";

/** The fields of a site group. */
export const siteGroupFields = { name: singleLine(64, "Give the site group a name").check(z.refine((name) => !hasSeparator(name), "Names can’t contain commas or semicolons")) };

export const CreateSiteGroup = z.strictObject(siteGroupFields);
export const RenameSiteGroup = z.strictObject({ siteGroupId: rowId(), version: rowVersion, ...siteGroupFields });
export const DeleteSiteGroup = z.strictObject({ siteGroupId: rowId() });
export const GetSiteGroup = z.object({ siteGroupId: rowId() });

const filter = { search: queryParam(searchTerm(200)) };

export const ExportSiteGroups = z.object({ ...filter, sort: listParams.sort });
export const ListSiteGroups = z.object({ ...filter, ...listParams });
