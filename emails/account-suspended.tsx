import * as z from "zod/mini";
import { EmailLayout, Paragraph, SupportLink } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, Timestamp, SafeName, TrustedText } from "./safe-text";

export const accountSuspended = defineEmail({
  schema: z.strictObject({ endsAt: Timestamp, by: SafeName, whom: TrustedText, every: TrustedText }),
  subject: (_, brand) => `Your ${brand.name} account is suspended`,
  PreviewProps: { endsAt: "2026-12-05T14:05:00Z", by: "Northern Rail Cargo", whom: "its members", every: "365 days" },
  Component: ({ endsAt, by, whom, every, brand }) => (
    <EmailLayout brand={brand} title="Your account is suspended" preview={`Write to ${brand.supportEmail} to get access again.`}>
      <Paragraph>
        {by} requires {whom} to choose a new password every {every}. Yours expired on {formatTimestamp(endsAt)} and hasn’t been changed
        since. You can’t sign in to your {brand.name} account now, and links in earlier emails no longer work.
      </Paragraph>
      <Paragraph>
        Nothing has been deleted. To get access again, write to <SupportLink brand={brand} /> from this address. Then
        sign in with your old password one more time and choose a new one.
      </Paragraph>
    </EmailLayout>
  ),
});
