import * as z from "zod/mini";
import { EmailLayout, Paragraph, SupportLink } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, Timestamp, SafeName, TrustedText } from "./safe-text";

export const accountSuspended = defineEmail({
  schema: z.strictObject({ endsAt: Timestamp, by: SafeName, whom: TrustedText, every: TrustedText }),
  subject: (_, brand) => `Your account at ${brand.name} is suspended`,
  PreviewProps: { endsAt: "2026-12-05T14:05:00Z", by: "Northern Rail Cargo", whom: "its members", every: "365 days" },
  Component: ({ endsAt, by, whom, every, brand }) => (
    <EmailLayout brand={brand} title="Your account is suspended" preview={`Write to ${brand.supportEmail} to have it back.`}>
      <Paragraph>
        {by} asks {whom} for a new password every {every}. Yours ended on {formatTimestamp(endsAt)} and has not been changed
        since, so nobody can sign in to your account at {brand.name} now, and links that were mailed for it do not work.
      </Paragraph>
      <Paragraph>
        Nothing in it has been deleted. To have it back, write to <SupportLink brand={brand} /> from this address; after that, you
        sign in with your old password once more and choose a new one.
      </Paragraph>
    </EmailLayout>
  ),
});
