import "server-only";
import type { Actor } from "@/lib/access/actor";

/** Part of a list that is read by its place in the order, and where the next part begins. */
export type Batch<Row> = { rows: Row[]; next?: string };

/**
 * Puts an export on the record, then reads the list a batch at a time: nothing is read before the batch before it is
 * taken, and neither memory nor a connection is held between two of them.
 */
export function exporting<I extends object, Row>(
  record: (actor: Actor, input: I) => Promise<void>,
  read: (actor: Actor, input: I & { after?: string }) => Promise<Batch<Row>>,
) {
  return async (actor: Actor, input: I): Promise<AsyncGenerator<Row[]>> => {
    await record(actor, input);
    return batches((after) => read(actor, { ...input, after }));
  };
}

async function* batches<Row>(read: (after?: string) => Promise<Batch<Row>>): AsyncGenerator<Row[]> {
  let after: string | undefined;
  do {
    const { rows, next } = await read(after);
    if (next !== undefined && next === after) throw new Error("The list does not go on from its own cursor");
    yield rows;
    after = next;
  } while (after !== undefined);
}
