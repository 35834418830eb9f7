import type { Environment } from "@/lib/env";
import { resendMailer } from "./resend";
import { smtpMailer } from "./smtp";

export type Letter = { id: string; to: string; subject: string; html: string; text: string };

export type Mailer = {
  name: "resend" | "smtp" | "mailbox";
  /** Resolves once the letter is taken over; throws `Temporary` to be called again, `Permanent` to give up. */
  deliver: (letter: Letter) => Promise<void>;
};

type MailSettings = Pick<Environment, "MAIL_FROM" | "RESEND_API_KEY" | "RESEND_URL" | "SMTP_URL">;

/** The way mail leaves this installation: Resend, else SMTP, else the mailbox where the installation has one. */
export function chooseMailer(settings: MailSettings, mailbox: Mailer | null): Mailer {
  const { MAIL_FROM: from, RESEND_API_KEY: key, RESEND_URL: url, SMTP_URL: server } = settings;
  if (key) return resendMailer({ key, from, url });
  if (server) return smtpMailer({ server, from });
  if (mailbox) return mailbox;
  throw new Error("Mail has no way out: set RESEND_API_KEY or SMTP_URL");
}
