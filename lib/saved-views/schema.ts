import * as z from "zod/mini";
import { boundedText, rowId, singleLine } from "@/lib/shared/text-schemas";

const maxQueryLength = 4_000;

// What opens a dialog or stands for a moment is no part of a view.
const momentary = ["after", "before", "dialog", "ids", "all", "entry", "notice", "view"];

/** The query string without what does not describe the list. */
export function viewQuery(text: string): string {
  const params = new URLSearchParams(text);
  for (const name of momentary) params.delete(name);
  return params.toString();
}

const name = singleLine(64, "Give the view a name");

/** The path of a list below its organization. */
const list = boundedText(64).check(z.regex(/^[a-z][a-z-]*$/));

export const ListSavedViews = z.object({ list });
export const CreateSavedView = z.strictObject({
  list,
  name,
  query: z.pipe(boundedText(maxQueryLength, { tooLong: "This address is too long to be saved" }), z.transform(viewQuery)),
});
export const RenameSavedView = z.strictObject({ viewId: rowId(), name });
export const DeleteSavedView = z.strictObject({ viewId: rowId() });
