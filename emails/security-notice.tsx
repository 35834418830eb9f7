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
    advice: "If it was not you, choose a new password at once; that signs out everybody else.",
    label: "Choose a new password",
    link: "https://portal.example.net/recover",
  },
  Component: ({ what, at, from, advice, label, link, brand }) => (
    <EmailLayout brand={brand} title={what} preview={advice}>
      <Paragraph>This happened to your account at {brand.name}.</Paragraph>
      <DetailList rows={[["When", formatTimestamp(at)], ["From", from]]} />
      <Paragraph>If it was you, there is nothing to do. {advice}</Paragraph>
      <ActionButton href={link} label={label} />
    </EmailLayout>
  ),
});
