import { Resend, type ErrorResponse } from "resend";
import { EmailAddress } from "@/lib/vocabulary/email";
import type { Letter, Mailer } from "./mail";
import { Permanent, remark, retryAfter, Temporary } from "./outcome";

type ResendSettings = { key: string; from: string; url?: string; timeoutMs?: number };

// Errors in the message itself. Wrong keys, domains and limits are fixed by the operator, so those are retried.
const rejectedStatus = new Set([400, 413, 422]);

function toDeliveryError({ name, message, statusCode }: ErrorResponse, retryAfterHeader: string | undefined): Temporary | Permanent {
  const line = `Resend answered ${statusCode ?? "nothing"}: ${remark(`${name}: ${message}`)}`;
  const rejected = name === "invalid_idempotent_request" || rejectedStatus.has(statusCode ?? 0);
  return rejected ? new Permanent(line) : new Temporary(line, retryAfter(retryAfterHeader));
}

/** Creates a mailer for the Resend API; the message id is the idempotency key. */
export function resendMailer({ key, from, url, timeoutMs = 10_000 }: ResendSettings): Mailer {
  const client = new Resend(key, url ? { baseUrl: url.replace(/\/+$/, "") } : {});
  return {
    name: "resend",
    async deliver({ id, to, subject, html, text }: Letter) {
      if (!EmailAddress.safeParse(to).success) throw new Permanent("The recipient is not a single email address");
      const signal = AbortSignal.timeout(timeoutMs);
      const email = { from, to: [to], subject, html, text };
      const { data, error, headers } = await client.emails.send(email, { idempotencyKey: id, signal });
      if (error) throw toDeliveryError(error, headers?.["retry-after"]);
      if (!data?.id) throw new Temporary("Resend answered without an id");
    },
  };
}
