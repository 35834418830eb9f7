import { createTransport } from "nodemailer";
import * as z from "zod/mini";
import { EmailAddress } from "@/lib/shared/email-address";
import type { EmailMessage, Mailer } from "./mailer";
import { PermanentError, redactResponse, TransientError } from "./service-errors";

type SmtpSettings = { server: string; from: string; timeoutMs?: number };

const SmtpError = z.object({
  code: z._default(z.string(), "unknown"),
  command: z._default(z.string(), ""),
  responseCode: z.optional(z.number()),
  response: z._default(z.string(), ""),
});

// Replies about the message itself. A rejected login or sender is fixed by the operator, so that is retried.
const messageCommands = new Set(["RCPT TO", "DATA"]);

function toDeliveryError(error: unknown): TransientError | PermanentError {
  const { code, command, responseCode, response } = z.catch(SmtpError, SmtpError.parse({})).parse(error);
  const line = `SMTP ${code} ${command} ${redactResponse(response)}`.trim();
  const rejected = (responseCode ?? 0) >= 500 && messageCommands.has(command);
  return rejected ? new PermanentError(line) : new TransientError(line);
}

const senderDomain = (from: string) => /@([a-z0-9.-]+)/i.exec(from)?.[1] ?? "localhost";

/** Creates a mailer for an SMTP server; the message id is the Message-ID header, by which clients detect duplicates. */
export function smtpMailer({ server, from, timeoutMs = 10_000 }: SmtpSettings): Mailer {
  const transport = createTransport({
    url: server,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    name: "smtp",
    async deliver({ id, to, subject, html, text }: EmailMessage) {
      if (!EmailAddress.safeParse(to).success) throw new PermanentError("The recipient is not a single email address");
      const messageId = `<${id}@${senderDomain(from)}>`;
      try {
        await transport.sendMail({ from, to: [{ name: "", address: to }], subject, html, text, messageId });
      } catch (error) {
        throw toDeliveryError(error);
      }
    },
  };
}
