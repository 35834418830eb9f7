import * as z from "zod/mini";
import { boundedText, rowId, singleLine } from "@/lib/shared/text-schemas";

const maxQueryLength = 4_000;

// Parameters of dialogs, cursors and messages are not part of a view.
const momentary = ["after", "before", "dialog", "ids", "all", "entry", "notice", "view"];

/** The query string with only the parameters of the list. */
export function viewQuery(text: string): string {
  const params = new URLSearchParams(text);
  for (const name of momentary) params.delete(name);
  return params.toString();
}

const name = singleLine(64, "Give the view a name");

/** The path of a list below its organization. */
const list = boundedText(64).check(z.regex(/^[a-z][a-z-]*(?:\/[a-z][a-z-]*)*$/));

export const ListSavedViews = z.object({ list });
export const CreateSavedView = z.strictObject({
  list,
  name,
  query: z.pipe(boundedText(maxQueryLength, { tooLong: "This address is too long to be saved" }), z.transform(viewQuery)),
});
export const RenameSavedView = z.strictObject({ viewId: rowId(), name });
export const DeleteSavedView = z.strictObject({ viewId: rowId() });
