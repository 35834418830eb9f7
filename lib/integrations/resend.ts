import { Resend, type ErrorResponse } from "resend";
import { EmailAddress } from "@/lib/vocabulary/email";
import type { Letter, Mailer } from "./mail";
import { Permanent, remark, retryAfter, Temporary } from "./outcome";

type ResendSettings = { key: string; from: string; url?: string; timeoutMs?: number };

// The letter itself is at fault. Wrong keys, domains and limits are mended by the operator, so the letter waits.
const refusedStatus = new Set([400, 413, 422]);

function outcomeOf({ name, message, statusCode }: ErrorResponse, wait: string | undefined): Temporary | Permanent {
  const line = `Resend answered ${statusCode ?? "nothing"}: ${remark(`${name}: ${message}`)}`;
  const refused = name === "invalid_idempotent_request" || refusedStatus.has(statusCode ?? 0);
  return refused ? new Permanent(line) : new Temporary(line, retryAfter(wait));
}

/** Mail by Resend's API; the letter's id is its idempotency key, so that a repeated call sends nothing twice. */
export function resendMailer({ key, from, url, timeoutMs = 10_000 }: ResendSettings): Mailer {
  const client = new Resend(key, url ? { baseUrl: url.replace(/\/+$/, "") } : {});
  return {
    name: "resend",
    async deliver({ id, to, subject, html, text }: Letter) {
      if (!EmailAddress.safeParse(to).success) throw new Permanent("The address of the recipient is not one address");
      const signal = AbortSignal.timeout(timeoutMs);
      const letter = { from, to: [to], subject, html, text };
      const { data, error, headers } = await client.emails.send(letter, { idempotencyKey: id, signal });
      if (error) throw outcomeOf(error, headers?.["retry-after"]);
      if (!data?.id) throw new Temporary("Resend answered without an id");
    },
  };
}
