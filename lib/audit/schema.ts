import * as z from "zod/mini";
import { boundedArray, boundedText, queryParam, rowId, searchTerm } from "@/lib/shared/text-schemas";
import { periodNames } from "./rules";

const maxIds = 200;
const idArray = boundedArray(rowId(), maxIds);
const idText = boundedText(maxIds * 37);

const idListParam = z.catch(
  z.pipe(
    z.pipe(
      z.union([idText, boundedArray(idText, maxIds)]),
      z.transform((value) => [value].flat().flatMap((item) => item.split(","))),
    ),
    idArray,
  ),
  [],
);

const shortParam = queryParam(boundedText(40));

/** Microseconds since the epoch and the id, the sort key of the log. */
const EntryCursor = boundedText(54).check(z.regex(/^\d{10,17}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/));
const cursorParam = queryParam(EntryCursor);

const searchParam = z.catch(searchTerm(200), "");

/** The search parameters of the page; invalid ones are ignored. */
export const AuditSearchParams = z.object({
  period: z.catch(z.enum(periodNames), "today"),
  date: shortParam,
  from: shortParam,
  to: shortParam,
  admins: idListParam,
  sites: idListParam,
  message: searchParam,
  findAdmin: searchParam,
  findSite: searchParam,
  after: cursorParam,
  before: cursorParam,
  entry: cursorParam,
});
export type AuditSearchParams = z.output<typeof AuditSearchParams>;

const optionalText = z._default(boundedText(200), "");

const filterFields = {
  from: z.date(),
  to: z.date(),
  admins: z._default(idArray, []),
  sites: z._default(idArray, []),
  message: optionalText,
};

export const EntryFilter = z.object(filterFields);
export type EntryFilter = z.output<typeof EntryFilter>;

export const GetAuditLog = z.object({
  ...filterFields,
  after: z.optional(EntryCursor),
  before: z.optional(EntryCursor),
  findAdmin: optionalText,
  findSite: optionalText,
  /** The start of each histogram bar and the end of the last one. */
  bounds: boundedArray(z.date(), 400).check(z.minLength(2)),
});

export const GetAuditEntry = z.object({ entry: EntryCursor });

export const GetOwnEntry = z.object({ requestId: rowId() });

export const exportFormats = ["csv", "ndjson"] as const;
export const ExportFormat = z.catch(z.enum(exportFormats), "csv");

export const RecordExport = z.object({ ...filterFields, format: z.enum(exportFormats) });

export const GetExportPage = z.object({ ...filterFields, after: z.optional(EntryCursor) });
