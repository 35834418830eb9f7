import type { Environment } from "@/lib/env";
import { resendMailer } from "./resend-mailer";
import { smtpMailer } from "./smtp-mailer";

export type EmailMessage = { id: string; to: string; subject: string; html: string; text: string };

export type Mailer = {
  name: "resend" | "smtp" | "mailbox";
  /** How many messages it takes at a time. */
  concurrency: number;
  /** Resolves when the message is accepted; throws a transient error to retry or a permanent one to give up. */
  deliver: (message: EmailMessage) => Promise<void>;
};

type MailerSettings = Pick<Environment, "MAIL_FROM" | "RESEND_API_KEY" | "RESEND_URL" | "SMTP_URL">;

/** Creates the configured mailer: Resend, else SMTP, else the given local mailbox. */
export function createMailer(settings: MailerSettings, mailbox: Mailer | null): Mailer {
  const { MAIL_FROM: from, RESEND_API_KEY: key, RESEND_URL: url, SMTP_URL: server } = settings;
  if (key) return resendMailer({ key, from, url });
  if (server) return smtpMailer({ server, from });
  if (mailbox) return mailbox;
  throw new Error("No mailer is configured: set RESEND_API_KEY or SMTP_URL");
}
