import { constraintMessage } from "@/lib/shared/constraint-messages";
import { AppError } from "@/lib/shared/app-error";

type PostgresError = Error & { code?: string; constraint_name?: string };

const atOnce = "Somebody else changed the same thing at the same moment, so nothing was changed here. Try again";
const changed = "Something that this needs was changed or deleted meanwhile. Open the page again";

/** Messages for errors that depend on what other transactions did, by SQLSTATE. */
const messages: Record<string, string> = {
  "23503": changed, // foreign_key_violation
  "23505": changed, // unique_violation
  "23P01": changed, // exclusion_violation
  "40001": atOnce, // serialization_failure
  "40P01": atOnce, // deadlock_detected
  "55P03": atOnce, // lock_not_available
};

/** Maps an error caused by another transaction to a message for the user; returns other errors unchanged. */
export function mapDatabaseError(error: unknown): unknown {
  // Drizzle wraps errors of statements; one of COMMIT comes from the driver as it is.
  const cause = causeOf(error);
  const { code = "", constraint_name = "" } = cause ?? {};
  const general = messages[code];
  if (!general) return error;
  const own = code.startsWith("23") ? constraintMessage(constraint_name) : undefined;
  const { message, field, code: appCode = "conflict" } = own ?? { message: general };
  const mapped = new AppError(appCode, message, field ? { [field]: [message] } : undefined);
  return Object.assign(mapped, { cause });
}

function causeOf(error: unknown): PostgresError | undefined {
  if (!(error instanceof Error) || error instanceof AppError) return undefined;
  return error.cause instanceof Error ? error.cause : error;
}
