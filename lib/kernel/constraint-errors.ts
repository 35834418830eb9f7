import { constraintMessages } from "@/lib/shared/constraint-messages";
import { AppError } from "@/lib/shared/app-error";

const uniqueViolation = "23505";
const deadlock = "40P01";

/** Maps unique violations and deadlocks to errors for the user and rethrows everything else. */
export function mapConstraintError(error: unknown): never {
  const cause = (error as { cause?: { code?: string; constraint_name?: string } }).cause;
  const violation = cause?.code === uniqueViolation && constraintMessages[cause.constraint_name ?? ""];
  if (violation) throw new AppError("conflict", violation.message, { [violation.field]: [violation.message] });
  if (cause?.code === deadlock) throw new AppError("busy", "Something else was being changed at the same moment. Try again", undefined, 1);
  throw error;
}
