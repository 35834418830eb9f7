import * as z from "zod/mini";
import { ActionButton, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, LinkUrl, Timestamp } from "./safe-text";

// Contains no user input, because anybody can have this sent to any address.
export const validateAddress = defineEmail({
  schema: z.strictObject({ link: LinkUrl, validUntil: Timestamp }),
  subject: (_, brand) => `Validate your email address for ${brand.name}`,
  PreviewProps: { link: "https://portal.example.net/verify/3q2-7w", validUntil: "2026-11-22T14:05:00Z" },
  Component: ({ link, validUntil, brand }) => (
    <EmailLayout brand={brand} title="Validate your email address" preview="One step is left before you can sign in.">
      <Paragraph>
        Somebody asked for an account at {brand.name} with this address. If it was you, validate the address with the
        password you chose, then you can sign in.
      </Paragraph>
      <ActionButton href={link} label="Validate email address" />
      <Paragraph>The link works once, until {formatTimestamp(validUntil)}.</Paragraph>
      <Paragraph>If it was not you, do nothing: an address that is not validated gets no account.</Paragraph>
    </EmailLayout>
  ),
});
