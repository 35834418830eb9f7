import * as z from "zod/mini";
import { queryParam, listParams, rowId, searchTerm } from "@/lib/shared/text-schemas";

const emptyAsNull = z.pipe(
  z.literal(""),
  z.transform(() => null),
);
const booleanText = z.pipe(
  z.enum(["true", "false"]),
  z.transform((text) => text === "true"),
);

export const SetNotificationSubscription = z.strictObject({
  /** Null stands for the organization itself. */
  siteId: z.union([rowId(), z.null(), emptyAsNull]),
  on: z.union([z.boolean(), booleanText]),
});

export const ListSiteNotifications = z.object({
  search: queryParam(searchTerm(200)),
  after: listParams.after,
  before: listParams.before,
});

export const GetNotificationSummary = z.object({});
