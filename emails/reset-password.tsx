import * as z from "zod/mini";
import { ActionButton, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, LinkUrl, Timestamp } from "./safe-text";

export const resetPassword = defineEmail({
  schema: z.strictObject({ link: LinkUrl, validUntil: Timestamp }),
  subject: (_, brand) => `Choose a new password for ${brand.name}`,
  PreviewProps: { link: "https://portal.example.net/reset/3q2-7w", validUntil: "2026-11-21T15:05:00Z" },
  Component: ({ link, validUntil, brand }) => (
    <EmailLayout brand={brand} title="Choose a new password" preview="The link works once, for a short time.">
      <Paragraph>You (or someone using this address) asked for a new password for your {brand.name} account.</Paragraph>
      <ActionButton href={link} label="Choose a new password" />
      <Paragraph>
        The link works once, until {formatTimestamp(validUntil)}. Choosing a new password signs you out everywhere else.
      </Paragraph>
      <Paragraph>If this wasn’t you, ignore this email. Your password won’t change.</Paragraph>
    </EmailLayout>
  ),
});
