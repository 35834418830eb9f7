import * as z from "zod/mini";
import { DetailList, EmailLayout, Paragraph, SupportLink } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, SafeName, Timestamp } from "./safe-text";

export const organizationDeleted = defineEmail({
  schema: z.strictObject({ organization: SafeName, by: SafeName, at: Timestamp }),
  subject: ({ organization }, brand) => `${organization} was deleted at ${brand.name}`,
  PreviewProps: { organization: "Northern Rail Cargo", by: "Maria Berg", at: "2026-11-21T14:05:00Z" },
  Component: ({ organization, by, at, brand }) => (
    <EmailLayout brand={brand} title={`${organization} was deleted`} preview="Its sites, administrators and audit log were deleted.">
      <Paragraph>
        The organization {organization} was deleted at {brand.name}, with its sites, administrators, invitations and audit log.
        This can’t be undone.
      </Paragraph>
      <DetailList
        rows={[
          ["By", by],
          ["When", formatTimestamp(at)],
        ]}
      />
      <Paragraph>If this is a mistake, write to <SupportLink brand={brand} /> immediately.</Paragraph>
    </EmailLayout>
  ),
});
