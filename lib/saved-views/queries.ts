import "server-only";
import { eq } from "drizzle-orm";
import { savedViews } from "@/db/schema";
import { naturalOrder } from "@/db/text-order";
import { query } from "@/lib/kernel/query";
import { ListSavedViews } from "@/lib/saved-views/schema";

/** The columns of a saved view that leave the server. */
export const savedViewColumns = { id: savedViews.id, list: savedViews.list, name: savedViews.name, query: savedViews.query };

/** The views of one list that the actor saved, by name; row security hides everybody else's. */
export const listSavedViews = query({
  permission: "organization.read",
  input: ListSavedViews,
  run: ({ tx }, { list }) =>
    tx
      .select(savedViewColumns)
      .from(savedViews)
      .where(eq(savedViews.list, list))
      .orderBy(naturalOrder(savedViews.name), savedViews.id),
});
