import type { FaultCode, FieldErrors, FormValues } from "./result";

/** An outcome the caller is meant to understand. Anything else that is thrown is a bug. */
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

/** Somebody saved the same thing first: by whom, and what a form would begin with now. */
export class Overtaken extends Fault {
  constructor(
    message: string,
    readonly by: string,
    readonly now: FormValues,
  ) {
    super("conflict", message);
  }
}

export const notFound = (what: string) => new Fault("not_found", `${what} not found`);
