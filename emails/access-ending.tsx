import * as z from "zod/mini";
import { EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, SafeName, Timestamp, TrustedText } from "./safe-text";

export const accessEnding = defineEmail({
  schema: z.strictObject({ organization: SafeName, left: TrustedText, endsAt: Timestamp }),
  subject: ({ organization, left }, brand) => `Your access to ${organization} at ${brand.name} ends ${left}`,
  PreviewProps: { organization: "Northern Rail Cargo", left: "in 7 days", endsAt: "2026-12-05T23:00:00Z" },
  Component: ({ organization, left, endsAt, brand }) => (
    <EmailLayout brand={brand} title={`Your access to ${organization} ends ${left}`} preview={`It was given to you until ${formatTimestamp(endsAt)}.`}>
      <Paragraph>
        Your access to the organization {organization} was given to you until {formatTimestamp(endsAt)}. After that you can no longer open it.
      </Paragraph>
      <Paragraph>
        If you need it for longer, ask a Super User of the organization to change the end date. Your {brand.name} account and your other
        organizations aren’t affected.
      </Paragraph>
    </EmailLayout>
  ),
});
