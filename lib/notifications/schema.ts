import * as z from "zod/mini";
import { inAddress, listAddress, searched } from "@/lib/vocabulary/text";

const none = z.pipe(
  z.literal(""),
  z.transform(() => null),
);
const word = z.pipe(
  z.enum(["true", "false"]),
  z.transform((text) => text === "true"),
);

export const SetNotification = z.strictObject({
  /** None is the organization itself. */
  siteId: z.union([z.uuid(), z.null(), none]),
  on: z.union([z.boolean(), word]),
});

export const ListNotified = z.object({
  search: inAddress(searched(200)),
  after: listAddress.after,
  before: listAddress.before,
});

export const GetChoices = z.object({});
