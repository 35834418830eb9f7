import type { AppErrorCode, FieldErrors, FormValues } from "./form-state";

/** An expected error with a message for the user; every other error is a bug. */
export class AppError extends Error {
  constructor(
    readonly code: AppErrorCode,
    message: string,
    readonly fields?: FieldErrors,
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}

/** The record was saved by someone else first; carries who saved it, the current form values, and names for ids among them. */
export class StaleVersionError extends AppError {
  constructor(
    message: string,
    readonly updatedBy: string,
    readonly currentValues: FormValues,
    readonly labels: Readonly<Record<string, string>> = {},
  ) {
    super("conflict", message);
  }
}

/** The form belongs to a page that was rendered for another account, or another sign-in, than the present one. */
export class OtherAccountError extends AppError {}

/** The session has ended: the person signs in again, as `account` where the page was opened by one, and continues. */
export class SignedOutError extends AppError {
  constructor(account?: string) {
    super("unauthenticated", `You are signed out. Sign in again${account ? ` as ${account}` : ""} to continue`);
  }
}

/** Returns the error for a record that does not exist or is not visible. */
export const notFoundError = (what: string) => new AppError("not_found", `${what} not found`);
