import { AsyncLocalStorage } from "node:async_hooks";
import { printInto } from "@/lib/vocabulary/printing";

type Answering = { id: string; printed?: string[] };

// One per process, also when a bundler loads this module more than once.
const kept = globalThis as typeof globalThis & { signalboxRequests?: AsyncLocalStorage<Answering> };
const requests = (kept.signalboxRequests ??= new AsyncLocalStorage());
printInto(() => requests.getStore()?.printed);

/** Does work on behalf of a request, so that every log line of it carries the request's id; a document prints its markup once. */
export function duringRequest<T>(id: string, work: () => T, { document = false } = {}): T {
  return requests.run(document ? { id, printed: [] } : { id }, work);
}

/** The id of the request being answered, if one is. */
export const currentRequestId = (): string | undefined => requests.getStore()?.id;
