/** A service failed for now; the call can be retried. */
export class TransientError extends Error {
  override name = "TransientError";

  constructor(
    message: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}

/** The service is down: other requests fail as well until it works again. */
export class ServiceUnavailableError extends TransientError {
  override name = "ServiceUnavailableError";
}

/** A service rejected the request for good; retrying is useless. */
export class PermanentError extends Error {
  override name = "PermanentError";
}

/** Shortens the response of a service to one line without email addresses and links, for the log. */
export const redactResponse = (response: string): string =>
  response
    .slice(0, 1_000)
    .toWellFormed()
    .replaceAll(/https?:\S+/giu, "(link)")
    .replaceAll(/[^\s<>"']+@[^\s<>"',;]+/gu, "(address)")
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .slice(0, 200);

/** Parses a Retry-After header in seconds, between one second and one hour. */
export function parseRetryAfter(header: string | null | undefined): number | undefined {
  const seconds = header ? Number(header) : Number.NaN;
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 1), 3_600) : undefined;
}
