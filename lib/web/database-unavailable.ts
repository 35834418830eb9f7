const unavailableCodes = new Set([
  "ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ETIMEDOUT", "EPIPE", "EHOSTUNREACH",
  "CONNECT_TIMEOUT", "CONNECTION_CLOSED", "CONNECTION_ENDED", "CONNECTION_DESTROYED",
  "57P01", "57P02", "57P03", "53300", "08000", "08001", "08003", "08004", "08006",
]);

// The driver of the queue gives these no code.
const lostConnection = /^(?:Connection terminated|timeout exceeded when trying to connect)/;

/** Whether an error or one of its causes means that the database cannot be reached. */
export function isDatabaseUnavailable(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 5) return false;
  if (error instanceof AggregateError && error.errors.some((inner) => isDatabaseUnavailable(inner, depth + 1))) return true;
  const code: unknown = Reflect.get(error, "code");
  const hasCode = typeof code === "string" && unavailableCodes.has(code);
  return hasCode || lostConnection.test(error.message) || isDatabaseUnavailable(error.cause, depth + 1);
}
