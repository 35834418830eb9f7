import { z } from "zod";
import { searched } from "@/lib/vocabulary/text";
import { periodChoices } from "./rules";

const listed = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [value].flat().flatMap((one) => one.split(",")))
  .pipe(z.array(z.uuid()).max(200))
  .catch([])
  .default([]);

const short = z.string().max(40).optional().catch(undefined);

/** Where in the log a page begins: a moment to the microsecond and an id, as the database orders them. */
const place = /^\d{10,17}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const cursor = z.string().regex(place).optional().catch(undefined);

const typed = searched(200).catch("").default("");

/** What the address of the page may say; what it says wrongly counts as not said. */
export const AuditSearch = z.object({
  period: z.enum(periodChoices).catch("today").default("today"),
  date: short,
  from: short,
  to: short,
  admins: listed,
  sites: listed,
  message: typed,
  findAdmin: typed,
  findSite: typed,
  after: cursor,
  before: cursor,
  entry: cursor,
});
export type AuditSearch = z.output<typeof AuditSearch>;

/** Which entries: a period, and within it whom, where and what. */
export const EntryFilter = z.object({
  from: z.date(),
  to: z.date(),
  admins: z.array(z.uuid()).max(200).default([]),
  sites: z.array(z.uuid()).max(200).default([]),
  message: z.string().max(200).default(""),
});
export type EntryFilter = z.output<typeof EntryFilter>;

/** One page of the log with the counts around it. */
export const ReadAuditLog = EntryFilter.extend({
  after: z.string().regex(place).optional(),
  before: z.string().regex(place).optional(),
  findAdmin: z.string().max(200).default(""),
  findSite: z.string().max(200).default(""),
  /** Where the bars of the histogram begin, and where the last one ends. */
  bounds: z.array(z.date()).min(2).max(400),
});

export const FindEntry = z.object({ entry: z.string().regex(place) });

export const exportFormats = ["csv", "ndjson"] as const;
export const ExportFormat = z.enum(exportFormats);

export const RecordExport = EntryFilter.extend({ format: ExportFormat });

export const ExportPart = EntryFilter.extend({ after: z.string().regex(place).optional() });
