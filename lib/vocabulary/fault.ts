import type { FaultCode, FieldErrors } from "./result";

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

export const notFound = (what: string) => new Fault("not_found", `${what} not found`);
