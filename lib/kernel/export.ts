import "server-only";
import type { Actor } from "@/lib/access/actor";

/** A batch of a list, and the cursor of the next one. */
export type Batch<Row> = { rows: Row[]; next?: string };

/**
 * Writes the audit entry of an export, then reads the list in batches on demand: neither memory nor a connection is held
 * between two batches.
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
