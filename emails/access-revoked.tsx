import * as z from "zod/mini";
import { EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, Timestamp, SafeName } from "./safe-text";

export const accessRevoked = defineEmail({
  schema: z.strictObject({ organization: SafeName, by: SafeName, at: Timestamp }),
  subject: ({ organization }, brand) => `You no longer have access to ${organization} at ${brand.name}`,
  PreviewProps: { organization: "Northern Rail Cargo", by: "Maria Berg", at: "2026-11-21T14:05:00Z" },
  Component: ({ organization, by, at, brand }) => (
    <EmailLayout brand={brand} title={`You no longer have access to ${organization}`} preview={`${by} revoked your access.`}>
      <Paragraph>
        {by} revoked your access to the organization {organization} on {formatTimestamp(at)}.
      </Paragraph>
      <Paragraph>
        Your {brand.name} account and your other organizations aren’t affected. If you think this is a mistake, ask{" "}
        {by} or another administrator of the organization.
      </Paragraph>
    </EmailLayout>
  ),
});
