import * as z from "zod/mini";
import { ActionButton, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, LinkUrl, Timestamp } from "./safe-text";

export const resetPassword = defineEmail({
  schema: z.strictObject({ link: LinkUrl, validUntil: Timestamp }),
  subject: (_, brand) => `Choose a new password for ${brand.name}`,
  PreviewProps: { link: "https://portal.example.net/reset/3q2-7w", validUntil: "2026-11-21T15:05:00Z" },
  Component: ({ link, validUntil, brand }) => (
    <EmailLayout brand={brand} title="Choose a new password" preview="The link works once and for a short time.">
      <Paragraph>A new password was asked for, for the account at {brand.name} with this address.</Paragraph>
      <ActionButton href={link} label="Choose a new password" />
      <Paragraph>
        The link works once, until {formatTimestamp(validUntil)}. With the new password you are signed out everywhere else.
      </Paragraph>
      <Paragraph>If you did not ask for it, do nothing: your password stays as it is.</Paragraph>
    </EmailLayout>
  ),
});
