const gone = new Set([
  "ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ETIMEDOUT", "EPIPE", "EHOSTUNREACH",
  "CONNECT_TIMEOUT", "CONNECTION_CLOSED", "CONNECTION_ENDED", "CONNECTION_DESTROYED",
  "57P01", "57P02", "57P03", "53300", "08000", "08001", "08003", "08004", "08006",
]);

/** Whether an error means that the database could not be reached, at any depth of its causes. */
export function isDatabaseGone(fault: unknown, depth = 0): boolean {
  if (!(fault instanceof Error) || depth > 5) return false;
  if (fault instanceof AggregateError && fault.errors.some((inner) => isDatabaseGone(inner, depth + 1))) return true;
  const code: unknown = Reflect.get(fault, "code");
  const fromDatabase = typeof code === "string" && gone.has(code);
  return fromDatabase || isDatabaseGone(fault.cause, depth + 1);
}
