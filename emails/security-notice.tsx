import * as z from "zod/mini";
import { ActionButton, DetailList, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, LinkUrl, Timestamp, SafeName, TrustedText } from "./safe-text";

export const securityNotice = defineEmail({
  schema: z.strictObject({ what: TrustedText, at: Timestamp, from: SafeName, advice: TrustedText, label: TrustedText, link: LinkUrl }),
  subject: ({ what }, brand) => `Security notice from ${brand.name}: ${what}`,
  PreviewProps: {
    what: "Your password was changed",
    at: "2026-11-21T14:05:00Z",
    from: "Firefox on Linux, 192.0.2.17",
    advice: "If this wasn’t you, choose a new password immediately. That signs out everyone else.",
    label: "Choose a new password",
    link: "https://portal.example.net/recover",
  },
  Component: ({ what, at, from, advice, label, link, brand }) => (
    <EmailLayout brand={brand} title={what} preview={advice}>
      <Paragraph>This concerns your {brand.name} account.</Paragraph>
      <DetailList rows={[["When", formatTimestamp(at)], ["From", from]]} />
      <Paragraph>If this was you, you don’t need to do anything. {advice}</Paragraph>
      <ActionButton href={link} label={label} />
    </EmailLayout>
  ),
});
