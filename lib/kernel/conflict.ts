import { uniqueNames } from "@/lib/vocabulary/constraints";
import { Fault } from "@/lib/vocabulary/fault";

const uniqueViolation = "23505";
const deadlock = "40P01";

/** The database decides what is taken; this only says so in words, by the constraint that fired. */
export function explainConflict(error: unknown): never {
  const cause = (error as { cause?: { code?: string; constraint_name?: string } }).cause;
  const taken = cause?.code === uniqueViolation && uniqueNames[cause.constraint_name ?? ""];
  if (taken) throw new Fault("conflict", taken.message, { [taken.field]: [taken.message] });
  if (cause?.code === deadlock) throw new Fault("busy", "Something else was being changed at the same moment. Try again", undefined, 1);
  throw error;
}
