import "server-only";
import { Fault } from "@/lib/vocabulary/fault";
import type { Failure } from "@/lib/vocabulary/result";
import { logFault } from "@/lib/web/log";

/** The one place an error becomes something a person may read. */
export function toFailure(error: unknown, requestId: string | null = null): Failure & { retryAfterSeconds?: number } {
  if (error instanceof Fault) {
    const { code, message, fields, retryAfterSeconds } = error;
    return { code, message, fields, retryAfterSeconds };
  }
  const errorId = logFault(error, { requestId: requestId ?? undefined });
  return { code: "unexpected", message: `Something went wrong on our side. Nothing was changed. Error id ${errorId}` };
}

/** What HTTP calls each kind of failure. */
export const statusOf = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  busy: 429,
  unexpected: 500,
} as const;
