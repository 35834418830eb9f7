import * as z from "zod/mini";
import { EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, SafeName, Timestamp } from "./safe-text";

export const accessEnded = defineEmail({
  schema: z.strictObject({ organization: SafeName, endedAt: Timestamp }),
  subject: ({ organization }, brand) => `Your access to ${organization} at ${brand.name} has ended`,
  PreviewProps: { organization: "Northern Rail Cargo", endedAt: "2026-11-21T23:00:00Z" },
  Component: ({ organization, endedAt, brand }) => (
    <EmailLayout brand={brand} title={`Your access to ${organization} has ended`} preview={`It was given to you until ${formatTimestamp(endedAt)}.`}>
      <Paragraph>
        Your access to the organization {organization} was given to you until {formatTimestamp(endedAt)} and has ended.
      </Paragraph>
      <Paragraph>
        If you still need it, ask an administrator of the organization to invite you again. Your {brand.name} account and your other
        organizations aren’t affected.
      </Paragraph>
    </EmailLayout>
  ),
});
