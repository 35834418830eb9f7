import { type KeyOf, mergedPart } from "./registry.ts";

export type FlashMessageKey = KeyOf<"flashMessages">;

/** The messages that a page shows once after an action, by the key in its query. */
export const flashMessages = mergedPart("flashMessages");

type QueryValue = string | string[] | undefined;

// The query value is the key, optionally followed by an underscore and the request id.
function parseFlash(value: QueryValue) {
  const [text = ""] = [value ?? ""].flat();
  const [key = "", requestId = ""] = text.split("_", 2);
  return { key, requestId };
}

const isFlashMessageKey = (key: string): key is FlashMessageKey => Object.hasOwn(flashMessages, key);

/** Returns the message for a query value, or undefined for an unknown key. */
export function flashMessage(value: QueryValue): string | undefined {
  const { key } = parseFlash(value);
  return isFlashMessageKey(key) ? flashMessages[key] : undefined;
}

/** Returns the request id in a query value. */
export function flashRequestId(value: QueryValue): string | undefined {
  const { requestId } = parseFlash(value);
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(requestId) ? requestId : undefined;
}

/** Adds the request id to the message key of a path unless it has one. */
export const withFlashRequestId = (path: string, requestId: string | null): string =>
  requestId ? path.replace(/([?&]notice=[a-z-]+)(?=[&#]|$)/, `$1_${requestId}`) : path;

/** Adds a message key to a path. */
export const withFlashMessage = (path: string, key: string): string => `${path}${path.includes("?") ? "&" : "?"}notice=${key}`;
