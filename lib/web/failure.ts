import "server-only";
import { AppError } from "@/lib/shared/app-error";
import type { Failure } from "@/lib/shared/form-state";
import { logError } from "@/lib/web/log";
import { isDatabaseUnavailable } from "@/lib/web/database-unavailable";
import type { ResponseStatus } from "@/lib/web/response-status";

/** Maps every error to a message for the user. */
export function toFailure(error: unknown, requestId: string | null = null): Failure & { retryAfterSeconds?: number } {
  if (error instanceof AppError) {
    const { code, message, fields, retryAfterSeconds } = error;
    return { code, message, fields, retryAfterSeconds };
  }
  const errorId = logError(error, { requestId: requestId ?? undefined });
  return { code: "unexpected", message: `Something went wrong on our side. Nothing was changed. Error ID ${errorId}` };
}

const statusByCode = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  busy: 429,
  unexpected: 500,
} as const;

/** The HTTP status of a failure; 503 when the database cannot be reached. */
export const httpStatus = (error: unknown, code: Failure["code"]): ResponseStatus =>
  isDatabaseUnavailable(error) ? 503 : statusByCode[code];
