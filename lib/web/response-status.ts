import { addVary, setStatusUnderNext } from "@/lib/web/next-internals";
import { currentRequest } from "@/lib/web/request-context";

export type ResponseStatus = 400 | 401 | 403 | 404 | 409 | 422 | 429 | 500 | 503;

/**
 * Sets the status of the page or server action being answered, which Next itself would call 200; it has no effect once
 * the headers are sent, nor on the payload of a soft navigation, which the browser would answer with a full page load.
 */
export function setResponseStatus(status: ResponseStatus, { retryAfterSeconds }: { retryAfterSeconds?: number } = {}): void {
  const { response, kind } = currentRequest() ?? {};
  if (!response || kind === "payload" || response.headersSent) return;
  setStatusUnderNext(response, status);
  if (retryAfterSeconds) response.setHeader("Retry-After", retryAfterSeconds);
}

/** Says that the response depends on the cookies of the request. */
export function varyByCookie(): void {
  const { response } = currentRequest() ?? {};
  if (response) addVary(response, "Cookie");
}
