import * as z from "zod/mini";
import { ActionButton, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, LinkUrl, Timestamp, SafeName } from "./safe-text";

export const invitationAccepted = defineEmail({
  schema: z.strictObject({ organization: SafeName, link: LinkUrl, validUntil: Timestamp }),
  subject: ({ organization }) => `Create your login for ${organization}`,
  PreviewProps: {
    organization: "Northern Rail Cargo",
    link: "https://portal.example.net/invite/3q2-7w",
    validUntil: "2026-11-28T14:05:00Z",
  },
  Component: ({ organization, link, validUntil, brand }) => (
    <EmailLayout brand={brand} title="Create your login" preview={`You accepted the invitation to ${organization}.`}>
      <Paragraph>
        You accepted the invitation to {organization} at {brand.name}. If you haven’t created your login yet, create it now: enter
        your name and choose a password.
      </Paragraph>
      <ActionButton href={link} label="Create your login" />
      <Paragraph>The link works once, until {formatTimestamp(validUntil)}.</Paragraph>
      <Paragraph>If you didn’t accept an invitation, don’t use the link, and write to us.</Paragraph>
    </EmailLayout>
  ),
});
