import { uniqueNames } from "@/lib/vocabulary/constraints";
import { Fault } from "@/lib/vocabulary/fault";

const uniqueViolation = "23505";

/** The database decides what is taken; this only says so in words, by the constraint that fired. */
export function explainConflict(error: unknown): never {
  const cause = (error as { cause?: { code?: string; constraint_name?: string } }).cause;
  const taken = cause?.code === uniqueViolation && uniqueNames[cause.constraint_name ?? ""];
  if (taken) throw new Fault("conflict", taken.message, { [taken.field]: [taken.message] });
  throw error;
}
