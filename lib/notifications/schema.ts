import * as z from "zod/mini";
import { inAddress, listAddress, searched } from "@/lib/vocabulary/text";

const emptyAsNull = z.pipe(
  z.literal(""),
  z.transform(() => null),
);
const booleanText = z.pipe(
  z.enum(["true", "false"]),
  z.transform((text) => text === "true"),
);

export const SetNotification = z.strictObject({
  /** Null stands for the organization itself. */
  siteId: z.union([z.uuid(), z.null(), emptyAsNull]),
  on: z.union([z.boolean(), booleanText]),
});

export const ListNotified = z.object({
  search: inAddress(searched(200)),
  after: listAddress.after,
  before: listAddress.before,
});

export const GetChoices = z.object({});
