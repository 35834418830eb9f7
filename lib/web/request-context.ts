import { AsyncLocalStorage } from "node:async_hooks";
import type { ServerResponse } from "node:http";
import { printInto } from "@/lib/shared/printing";

/** A document is a whole page, an action a call by script, a payload the data of a page for a soft navigation. */
export type RequestKind = "document" | "action" | "payload";

export type RequestContext = { id: string; kind: RequestKind; response?: ServerResponse; printed?: string[] };

// One per process, also when a bundler loads this module more than once.
const kept = globalThis as typeof globalThis & { signalboxRequests?: AsyncLocalStorage<RequestContext> };
const requests = (kept.signalboxRequests ??= new AsyncLocalStorage());
printInto(() => requests.getStore()?.printed);

/** Runs work in the context of a request, so that its log lines carry the request's id and its status can be set. */
export const withRequestContext = <T>(context: RequestContext, work: () => T): T => requests.run(context, work);

/** The context of the request being answered, if one is. */
export const currentRequest = (): RequestContext | undefined => requests.getStore();

/** The id of the request being answered, if one is. */
export const currentRequestId = (): string | undefined => currentRequest()?.id;
