import { AsyncLocalStorage } from "node:async_hooks";

// One per process, also when a bundler loads this module more than once.
const kept = globalThis as typeof globalThis & { signalboxRequests?: AsyncLocalStorage<string> };
const requests = (kept.signalboxRequests ??= new AsyncLocalStorage());

/** Does work on behalf of a request, so that every log line of it carries the request's id. */
export const duringRequest = <T>(requestId: string, work: () => T): T => requests.run(requestId, work);

/** The id of the request being answered, if one is. */
export const currentRequestId = (): string | undefined => requests.getStore();
