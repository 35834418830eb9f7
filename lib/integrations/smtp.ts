import { createTransport } from "nodemailer";
import * as z from "zod/mini";
import { EmailAddress } from "@/lib/vocabulary/email";
import type { Letter, Mailer } from "./mail";
import { Permanent, remark, Temporary } from "./outcome";

type SmtpSettings = { server: string; from: string; timeoutMs?: number };

const Refusal = z.object({
  code: z._default(z.string(), "unknown"),
  command: z._default(z.string(), ""),
  responseCode: z.optional(z.number()),
  response: z._default(z.string(), ""),
});

// Only these answers are about the letter; a refused login or sender is mended by the operator, so the letter waits.
const aboutTheLetter = new Set(["RCPT TO", "DATA"]);

function outcomeOf(error: unknown): Temporary | Permanent {
  const { code, command, responseCode, response } = z.catch(Refusal, Refusal.parse({})).parse(error);
  const line = `SMTP ${code} ${command} ${remark(response)}`.trim();
  const refused = (responseCode ?? 0) >= 500 && aboutTheLetter.has(command);
  return refused ? new Permanent(line) : new Temporary(line);
}

const domainOf = (from: string) => /@([a-z0-9.-]+)/i.exec(from)?.[1] ?? "localhost";

/** Mail by an SMTP server; the letter's id is its Message-ID, by which mail programs know a second copy. */
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
    async deliver({ id, to, subject, html, text }: Letter) {
      if (!EmailAddress.safeParse(to).success) throw new Permanent("The address of the recipient is not one address");
      const messageId = `<${id}@${domainOf(from)}>`;
      try {
        await transport.sendMail({ from, to: [{ name: "", address: to }], subject, html, text, messageId });
      } catch (error) {
        throw outcomeOf(error);
      }
    },
  };
}
