import * as z from "zod/mini";
import { ActionButton, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, LinkUrl, Timestamp } from "./safe-text";

// Contains no user input, because anybody can have this sent to any address.
export const validateAddress = defineEmail({
  schema: z.strictObject({ link: LinkUrl, validUntil: Timestamp }),
  subject: (_, brand) => `Confirm your email for ${brand.name}`,
  PreviewProps: { link: "https://portal.example.net/verify/3q2-7w", validUntil: "2026-11-22T14:05:00Z" },
  Component: ({ link, validUntil, brand }) => (
    <EmailLayout brand={brand} title="Confirm your email" preview="One step left to create your account.">
      <Paragraph>You (or someone using this address) asked for a {brand.name} account. Confirm your email address to create it.</Paragraph>
      <ActionButton href={link} label="Confirm your email" />
      <Paragraph>The link works once, until {formatTimestamp(validUntil)}. In another browser, you also need the password you chose.</Paragraph>
      <Paragraph>If this wasn’t you, you don’t need to do anything. No account is created until you confirm.</Paragraph>
    </EmailLayout>
  ),
});
