import * as z from "zod/mini";
import { checkbox } from "@/lib/shared/form-schemas";
import { fileTooLarge, maxFileSize } from "@/lib/shared/site-import-limits";
import { boundedText, filterParam, listParams, queryParam, rowId, searchTerm } from "@/lib/shared/text-schemas";

/** A pasted list is sent twice where it is refused, and a request holds one megabyte. */
const maxPasted = 256_000;

const isWithinSize = (text: string) => new TextEncoder().encode(text).length <= maxPasted;
const pastedTooLong = "This list is larger than 256 kB. Choose it as a file";

export const CreateSiteImport = z.strictObject({
  /** A pasted list, which counts where no file is chosen. */
  csv: z._default(boundedText(maxPasted, { tooLong: pastedTooLong }).check(z.refine(isWithinSize, pastedTooLong)), ""),
  /** The text of a chosen file. */
  file: z._default(boundedText(maxFileSize, { tooLong: fileTooLarge }), ""),
  fileName: z._default(boundedText(100), ""),
  createsGroups: checkbox,
});

export const StartSiteImport = z.strictObject({ siteImportId: rowId() });
export const UndoSiteImport = z.strictObject({ siteImportId: rowId() });
export const GetUndoImpact = z.object({ siteImportId: rowId() });

/** A page of the rows of an import. */
export const GetSiteImport = z.object({
  siteImportId: rowId(),
  search: queryParam(searchTerm(200)),
  result: filterParam(z.enum(["added", "ignored", "faulty", "removed", "kept"]), 5),
  after: queryParam(boundedText(10)),
  before: queryParam(boundedText(10)),
});

const filter = { search: queryParam(searchTerm(200)), status: filterParam(z.enum(["waiting", "running", "done", "failed", "undone"]), 5) };

export const ExportSiteImports = z.object({ ...filter, sort: listParams.sort });
export const ListSiteImports = z.object({ ...filter, ...listParams });
