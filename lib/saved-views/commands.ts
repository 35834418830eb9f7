import "server-only";
import { eq } from "drizzle-orm";
import { savedViews } from "@/db/schema";
import { command } from "@/lib/kernel/command";
import { expectOne } from "@/lib/kernel/expect-one";
import { savedViewColumns } from "@/lib/saved-views/queries";
import { CreateSavedView, DeleteSavedView, RenameSavedView } from "@/lib/saved-views/schema";
import { AppError, notFoundError } from "@/lib/shared/app-error";

const maxViews = 50;

/** Saves a view of a list for the actor. */
export const createSavedView = command({
  permission: "organization.read",
  input: CreateSavedView,
  async run({ tx, actor, record }, { list, name, query }) {
    const count = await tx.$count(savedViews, eq(savedViews.list, list));
    if (count >= maxViews) throw new AppError("conflict", `You can save ${maxViews} views of a list. Delete one first`);
    const view = await expectOne(tx.insert(savedViews).values({ accountId: actor.id, list, name, query }).returning(savedViewColumns));
    await record("saved_view.created", { subject: { id: view.id, label: view.name }, after: { list, name, query } });
    return view;
  },
});

/** Renames a view of the actor. */
export const renameSavedView = command({
  permission: "organization.read",
  input: RenameSavedView,
  async run({ tx, record }, { viewId, name }) {
    const [before] = await tx.select({ name: savedViews.name }).from(savedViews).where(eq(savedViews.id, viewId)).for("update");
    if (!before) throw notFoundError("View");
    const view = await expectOne(tx.update(savedViews).set({ name }).where(eq(savedViews.id, viewId)).returning(savedViewColumns));
    await record("saved_view.renamed", { subject: { id: viewId, label: name }, before: { name: before.name }, after: { name } });
    return view;
  },
});

/** Deletes a view of the actor. */
export const deleteSavedView = command({
  permission: "organization.read",
  input: DeleteSavedView,
  async run({ tx, record }, { viewId }) {
    const [view] = await tx.delete(savedViews).where(eq(savedViews.id, viewId)).returning(savedViewColumns);
    if (!view) throw notFoundError("View");
    const { id, list, name, query } = view;
    await record("saved_view.deleted", { subject: { id, label: name }, before: { list, name, query } });
    return view;
  },
});
