import * as z from "zod/mini";
import { ActionButton, DetailList, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, LinkUrl, SafeName, Timestamp } from "./safe-text";

export const mspEnded = defineEmail({
  schema: z.strictObject({ organization: SafeName, msp: SafeName, by: SafeName, at: Timestamp, link: LinkUrl }),
  subject: ({ organization, msp }, brand) => `${msp} is no longer the Managed Service Provider of ${organization} at ${brand.name}`,
  PreviewProps: { organization: "Northern Rail Cargo", msp: "Halyard Networks", by: "Maria Berg", at: "2026-11-21T14:05:00Z", link: "https://portal.example.net/orgs/0199aa/settings" },
  Component: ({ organization, msp, by, at, link, brand }) => (
    <EmailLayout brand={brand} title={`${msp} is no longer the Managed Service Provider of ${organization}`} preview={`${by} ended the assignment.`}>
      <Paragraph>
        The organization {organization} is no longer assigned to {msp} at {brand.name}. This took effect immediately.
      </Paragraph>
      <DetailList
        rows={[
          ["By", by],
          ["When", formatTimestamp(at)],
        ]}
      />
      <ActionButton href={link} label="Open the portal" />
    </EmailLayout>
  ),
});
