import type { AppError } from "@/lib/shared/app-error";

/** A result of `run` that commits what was written, such as a counted attempt, and then throws its error. */
export class RejectAfterCommit {
  constructor(readonly error: AppError) {}
}

/** Returns the output of a committed transaction, or throws the error that was kept for after the commit. */
export function unwrapOutput<O>(output: O | RejectAfterCommit): O {
  if (output instanceof RejectAfterCommit) throw output.error;
  return output;
}
