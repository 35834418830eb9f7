import { AsyncLocalStorage } from "node:async_hooks";
import type { ServerResponse } from "node:http";

/** A document is a whole page, an action a call by script, a payload the data of a page for a soft navigation. */
export type RequestKind = "document" | "action" | "payload";

export type RequestContext = {
  id: string;
  kind: RequestKind;
  method?: string;
  response?: ServerResponse;
  /** Whether application code has started; until then Next parses the request. */
  isHandled?: boolean;
  /** Why the form of this request was refused, for the page that replaces the one with the form. */
  refusal?: string;
};

// One per process, also when a bundler loads this module more than once.
const kept = globalThis as typeof globalThis & { signalboxRequests?: AsyncLocalStorage<RequestContext> };
const requests = (kept.signalboxRequests ??= new AsyncLocalStorage());

/** Sets the context for the rest of the current request. */
export const enterRequestContext = (context: RequestContext): void => requests.enterWith(context);

/** The context of the request being answered, if one is. */
export const currentRequest = (): RequestContext | undefined => requests.getStore();

/** The id of the request being answered, if one is. */
export const currentRequestId = (): string | undefined => currentRequest()?.id;

/** Marks that application code handles the request, so that later errors are not taken for an unreadable request. */
export function markHandled(): void {
  const context = currentRequest();
  if (context) context.isHandled = true;
}

/** Stores why the form of this request was refused. */
export function setRefusal(message: string): void {
  const context = currentRequest();
  if (context) context.refusal = message;
}

/** Whether the request being answered has a body that Next has not handed to our code yet, because it cannot read it. */
export function isUnreadRequest(): boolean {
  const { kind, method, isHandled } = currentRequest() ?? {};
  return !isHandled && (kind === "action" || method === "POST");
}
