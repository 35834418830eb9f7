import * as z from "zod/mini";
import { checkbox } from "./form-schemas";
import { boundedArray, rowId } from "./text-schemas";

/** How many rows a command on many handles at once: as many as a page of a list shows. */
export const selectionSize = 50;

/** Which rows a command on many is about: those with these ids, or all that the list's filter shows, from an id on. */
export const selection = {
  ids: z._default(boundedArray(rowId(), selectionSize, `Select at most ${selectionSize} rows, or all that match`), []),
  all: checkbox,
  after: z.optional(rowId()),
};

/** Refuses a command on many that is about nothing. */
export const notEmpty = z.refine<{ ids: string[]; all: boolean }>(({ ids, all }) => all || ids.length > 0, "Select at least one row");

/** What became of one row that a command on many was about. */
export type ItemResult = { id: string; name: string; done: boolean; text: string };

/** What became of each row, and the id to go on after where more rows match than were handled. */
export type BulkOutcome = { results: ItemResult[]; next?: string };
