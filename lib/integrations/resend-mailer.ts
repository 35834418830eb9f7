import { Resend, type ErrorResponse } from "resend";
import { EmailAddress } from "@/lib/shared/email-address";
import type { EmailMessage, Mailer } from "./mailer";
import { PermanentError, redactResponse, parseRetryAfter, ServiceUnavailableError, TransientError } from "./service-errors";

type ResendSettings = { key: string; from: string; url?: string; timeoutMs?: number };

// Errors in the message itself. Wrong keys, domains and limits are fixed by the operator, so those are retried.
const rejectedStatus = new Set([400, 413, 422]);
// Errors of this message alone; with any other status the service itself is unavailable.
const messageErrorStatus = new Set([200, 409]);

function toDeliveryError({ name, message, statusCode }: ErrorResponse, retryAfterHeader: string | undefined): TransientError | PermanentError {
  const line = `Resend answered ${statusCode ?? "nothing"}: ${redactResponse(`${name}: ${message}`)}`;
  const rejected = name === "invalid_idempotent_request" || rejectedStatus.has(statusCode ?? 0);
  if (rejected) return new PermanentError(line);
  const retryAfterSeconds = parseRetryAfter(retryAfterHeader);
  return messageErrorStatus.has(statusCode ?? 0) ? new TransientError(line, retryAfterSeconds) : new ServiceUnavailableError(line, retryAfterSeconds);
}

/** Creates a mailer for the Resend API; the message id is the idempotency key, which Resend remembers for a day. */
export function resendMailer({ key, from, url, timeoutMs = 30_000 }: ResendSettings): Mailer {
  const client = new Resend(key, url ? { baseUrl: url.replace(/\/+$/, "") } : {});
  return {
    name: "resend",
    concurrency: 2,
    async deliver({ id, to, subject, html, text }: EmailMessage) {
      if (!EmailAddress.safeParse(to).success) throw new PermanentError("The recipient is not a single email address");
      const signal = AbortSignal.timeout(timeoutMs);
      const email = { from, to: [to], subject, html, text };
      const { data, error, headers } = await client.emails.send(email, { idempotencyKey: id, signal });
      if (error) throw toDeliveryError(error, headers?.["retry-after"]);
      if (!data?.id) throw new TransientError("Resend answered without an id");
    },
  };
}
