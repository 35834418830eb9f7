import * as z from "zod/mini";
import { checkbox } from "./form-schemas";
import { boundedArray, rowId } from "./text-schemas";

/** How many rows a bulk command handles per request: one page of a list. */
export const selectionSize = 50;

/** The rows of a bulk command: the given ids, or all that match the filter after an id. */
export const selection = {
  ids: z._default(boundedArray(rowId(), selectionSize, `Select at most ${selectionSize} rows, or all that match`), []),
  all: checkbox,
  after: z.optional(rowId()),
};

/** Refuses an empty selection. */
export const notEmpty = z.refine<{ ids: string[]; all: boolean }>(({ ids, all }) => all || ids.length > 0, "Select at least one row");

/** The result of a bulk command for one row. */
export type ItemResult = { id: string; name: string; done: boolean; text: string; /** It was as wanted before. */ isUnchanged?: true };

/** The result for each row, and the id to continue after when more rows match. */
export type BulkOutcome = {
  results: ItemResult[];
  next?: string;
  /** What a preview was made of; the command compares it before it runs. */
  basis?: string;
  /** The command found another state than its preview and did nothing; the results are a new preview. */
  isOutdated?: true;
};
