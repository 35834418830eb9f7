import type { FaultCode, FieldErrors, FormValues } from "./result";

/** An expected error with a message for the user; every other error is a bug. */
export class Fault extends Error {
  constructor(
    readonly code: FaultCode,
    message: string,
    readonly fields?: FieldErrors,
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}

/** The record was saved by someone else first; carries who saved it and the current form values. */
export class Overtaken extends Fault {
  constructor(
    message: string,
    readonly by: string,
    readonly now: FormValues,
  ) {
    super("conflict", message);
  }
}

/** Returns the error for a record that does not exist or is not visible. */
export const notFound = (what: string) => new Fault("not_found", `${what} not found`);
