import * as z from "zod/mini";
import { listParams, queryParam, rowId, searchTerm, singleLine } from "@/lib/shared/text-schemas";

/** The name of a template. */
export const templateName = singleLine(64, "Enter a name");

export const GetTemplate = z.object({ templateId: rowId() });
export const CloneTemplate = z.strictObject({ templateId: rowId(), name: templateName });
export const DeleteTemplate = z.strictObject({ templateId: rowId() });

const filter = { search: queryParam(searchTerm(200)) };

export const ExportTemplates = z.object({ ...filter, sort: listParams.sort });
export const ListTemplates = z.object({ ...filter, ...listParams });
