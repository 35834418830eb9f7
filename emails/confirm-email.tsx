import * as z from "zod/mini";
import { ActionButton, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, LinkUrl, Timestamp } from "./safe-text";

// Contains no names, because the address is not verified yet.
export const confirmEmail = defineEmail({
  schema: z.strictObject({ link: LinkUrl, validUntil: Timestamp }),
  subject: (_, brand) => `Confirm your new email address for ${brand.name}`,
  PreviewProps: { link: "https://portal.example.net/verify/email/3q2-7w", validUntil: "2026-11-22T14:05:00Z" },
  Component: ({ link, validUntil, brand }) => (
    <EmailLayout brand={brand} title="Confirm your new email address" preview="Your old address stays until you confirm.">
      <Paragraph>
        You (or someone using this address) asked to use it for a {brand.name} account. If this was you, confirm it. You then
        sign in with this address, and all other browsers are signed out.
      </Paragraph>
      <ActionButton href={link} label="Confirm email address" />
      <Paragraph>The link works once, until {formatTimestamp(validUntil)}. Nothing changes until you confirm.</Paragraph>
      <Paragraph>If this wasn’t you, ignore this email.</Paragraph>
    </EmailLayout>
  ),
});
