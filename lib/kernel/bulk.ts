import "server-only";
import { gt, inArray, type SQL } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { mapDatabaseError } from "@/db/database-error";
import type { Tx } from "@/db/tx";
import type { Actor } from "@/lib/access/actor";
import { deniedPermission, recordDenial } from "@/lib/kernel/access-denials";
import type { OperationContext } from "@/lib/kernel/operation-context";
import type { Permission } from "@/lib/shared/permissions";
import { AppError } from "@/lib/shared/app-error";
import { type BulkOutcome, type ItemResult, selectionSize } from "@/lib/shared/selection";
import { compareText } from "@/lib/shared/text-order";

type Selection = { ids: string[]; all: boolean; after?: string };
type Item = { id: string; name: string };
type Scope = { tx: Tx; actor: Actor } & Pick<OperationContext, "nothingChanged">;
type Work<I extends Item = Item> = { permission: Permission; each: (tx: Tx, item: I) => Promise<string> };

/** One row more than is handled, to detect whether there are more. */
export const selectionLimit = selectionSize + 1;

/** The rows of a selection: order them by id and read `selectionLimit`. `filter` holds where all that match are meant. */
export const selectedRows = (id: AnyPgColumn, { ids, all, after }: Selection, filter: SQL | undefined): (SQL | undefined)[] =>
  all ? [filter, after ? gt(id, after) : undefined] : [inArray(id, ids)];

/** The names of selected rows in the order of a list. */
export const selectedNames = (rows: readonly Item[]): string[] => rows.map(({ name }) => name).toSorted(compareText);

/** Runs the change for each item in its own savepoint, so that a refused one does not undo the others. */
export async function attemptEach<I extends Item>(scope: Scope, items: readonly I[], work: Work<I>): Promise<ItemResult[]> {
  const results: ItemResult[] = [];
  for (const item of items) results.push({ id: item.id, name: item.name, ...(await attempt(scope, item, work)) });
  if (!results.some(({ done }) => done)) scope.nothingChanged();
  return results;
}

/** Runs the change for each selected row that is still there, in the order of their ids; the results are in the order of their names. */
export async function bulk(scope: Scope, { ids }: Selection, found: Item[], work: Work): Promise<BulkOutcome> {
  const items = found.slice(0, selectionSize);
  const results = (await attemptEach(scope, items, work)).toSorted((one, other) => compareText(one.name, other.name));
  for (const id of ids) {
    if (!items.some((item) => item.id === id)) results.push({ id, name: "A selected row", done: false, text: "no longer exists" });
  }
  return { results, next: found.length > selectionSize ? items.at(-1)?.id : undefined };
}

async function attempt<I extends Item>({ tx, actor }: Scope, item: I, { permission, each }: Work<I>): Promise<Pick<ItemResult, "done" | "text">> {
  try {
    return { done: true, text: await tx.transaction((inner) => each(inner, item)) };
  } catch (error) {
    const refusal = mapDatabaseError(error);
    if (!(refusal instanceof AppError)) throw error;
    if (refusal.code === "forbidden") await recordDenial(tx, actor, deniedPermission(actor, permission));
    return { done: false, text: refusal.message };
  }
}
