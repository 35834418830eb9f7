import * as z from "zod/mini";
import { DetailList, EmailLayout, Paragraph, SupportLink } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, Timestamp, SafeName } from "./safe-text";

export const accountDeleted = defineEmail({
  schema: z.strictObject({ at: Timestamp, from: SafeName }),
  subject: (_, brand) => `Your ${brand.name} account was deleted`,
  PreviewProps: { at: "2026-11-21T14:05:00Z", from: "Firefox on Linux, 192.0.2.17" },
  Component: ({ at, from, brand }) => (
    <EmailLayout brand={brand} title="Your account was deleted" preview="You no longer have access to any organization.">
      <Paragraph>
        Your {brand.name} account was deleted, along with its access to organizations, its sessions and its ways to sign in.
      </Paragraph>
      <DetailList
        rows={[
          ["When", formatTimestamp(at)],
          ["From", from],
        ]}
      />
      <Paragraph>
        Entries about your work stay in the audit logs of your organizations for 30 days. Then they are deleted, including
        your name and address. You can create a new account with this address at any time.
      </Paragraph>
      <Paragraph>If this wasn’t you, write to <SupportLink brand={brand} /> immediately.</Paragraph>
    </EmailLayout>
  ),
});
