import { z } from "zod";
import { searched } from "@/lib/vocabulary/text";

const none = z.literal("").transform(() => null);
const word = z.enum(["true", "false"]).transform((text) => text === "true");

export const SetNotification = z.strictObject({
  /** None is the organization itself. */
  siteId: z.union([z.uuid(), z.null(), none]),
  on: z.union([z.boolean(), word]),
});

export const ListNotified = z.object({
  search: searched(200).optional().catch(undefined),
  after: z.string().max(600).optional().catch(undefined),
  before: z.string().max(600).optional().catch(undefined),
});

export const GetChoices = z.object({});
