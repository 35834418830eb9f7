import * as z from "zod/mini";
import { EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, Timestamp, SafeName } from "./safe-text";

export const accessRevoked = defineEmail({
  schema: z.strictObject({ organization: SafeName, by: SafeName, at: Timestamp }),
  subject: ({ organization }, brand) => `Your access to ${organization} at ${brand.name} has ended`,
  PreviewProps: { organization: "Northern Rail Cargo", by: "Maria Berg", at: "2026-11-21T14:05:00Z" },
  Component: ({ organization, by, at, brand }) => (
    <EmailLayout brand={brand} title={`Your access to ${organization} has ended`} preview={`It was ended by ${by}.`}>
      <Paragraph>
        {by} ended your access to the organization {organization} on {formatTimestamp(at)}. Its pages and your tokens for it no
        longer work.
      </Paragraph>
      <Paragraph>
        Your account at {brand.name} and your other organizations stay as they are. If you think this is a mistake, ask{" "}
        {by} or another administrator of the organization.
      </Paragraph>
    </EmailLayout>
  ),
});
