import { createTransport } from "nodemailer";
import * as z from "zod/mini";
import { EmailAddress } from "@/lib/shared/email-address";
import type { EmailMessage, Mailer } from "./mailer";
import { PermanentError, redactResponse, ServiceUnavailableError, TransientError } from "./service-errors";

type Timeouts = { connectMs: number; greetingMs: number; replyMs: number };
type SmtpSettings = { server: string; from: string; timeouts?: Timeouts };

/** RFC 5321 4.5.3.2: five minutes for the greeting, ten for the final reply; a client that gives up earlier sends a second copy. */
export const smtpTimeouts: Timeouts = { connectMs: 30_000, greetingMs: 5 * 60_000, replyMs: 10 * 60_000 };

const concurrency = 10;

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
  if (!messageCommands.has(command) || responseCode === 421) return new ServiceUnavailableError(line);
  return (responseCode ?? 0) >= 500 ? new PermanentError(line) : new TransientError(line);
}

const senderDomain = (from: string) => /@([a-z0-9.-]+)/i.exec(from)?.[1] ?? "localhost";

/** Creates a mailer for an SMTP server; the message id is the Message-ID header, by which clients detect duplicates. */
export function smtpMailer({ server, from, timeouts = smtpTimeouts }: SmtpSettings): Mailer {
  const transport = createTransport({
    url: server,
    pool: true,
    maxConnections: concurrency,
    maxMessages: 100,
    // A connection that the server closed while it was idle; the message is sent once over another one.
    maxRequeues: 1,
    idleTimeout: 5_000,
    connectionTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.greetingMs,
    socketTimeout: timeouts.replyMs,
    dnsTimeout: timeouts.connectMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    name: "smtp",
    concurrency,
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
