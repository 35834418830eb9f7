import * as z from "zod/mini";
import { inAddress, searched } from "@/lib/vocabulary/text";
import { periodChoices } from "./rules";

const chosen = z.array(z.uuid()).check(z.maxLength(200));

const listed = z.catch(
  z.pipe(
    z.pipe(
      z.union([z.string(), z.array(z.string())]),
      z.transform((value) => [value].flat().flatMap((item) => item.split(","))),
    ),
    chosen,
  ),
  [],
);

const short = inAddress(z.string().check(z.maxLength(40)));

/** Microseconds since the epoch and the id, the sort key of the log. */
const Place = z.string().check(z.regex(/^\d{10,17}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/));
const cursor = inAddress(Place);

const typed = z.catch(searched(200), "");

/** The search parameters of the page; invalid ones are ignored. */
export const AuditSearch = z.object({
  period: z.catch(z.enum(periodChoices), "today"),
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

const text = z._default(z.string().check(z.maxLength(200)), "");

const filter = {
  from: z.date(),
  to: z.date(),
  admins: z._default(chosen, []),
  sites: z._default(chosen, []),
  message: text,
};

export const EntryFilter = z.object(filter);
export type EntryFilter = z.output<typeof EntryFilter>;

export const ReadAuditLog = z.object({
  ...filter,
  after: z.optional(Place),
  before: z.optional(Place),
  findAdmin: text,
  findSite: text,
  /** The start of each histogram bar and the end of the last one. */
  bounds: z.array(z.date()).check(z.minLength(2), z.maxLength(400)),
});

export const FindEntry = z.object({ entry: Place });

export const FindOwnEntry = z.object({ requestId: z.uuid() });

export const exportFormats = ["csv", "ndjson"] as const;
export const ExportFormat = z.catch(z.enum(exportFormats), "csv");

export const RecordExport = z.object({ ...filter, format: z.enum(exportFormats) });

export const ExportPart = z.object({ ...filter, after: z.optional(Place) });
