import * as z from "zod/mini";
import { DetailList, EmailLayout, Paragraph, SupportLink } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, Timestamp, TrustedText } from "./safe-text";

export const emailChanged = defineEmail({
  schema: z.strictObject({ newAddress: TrustedText, at: Timestamp }),
  subject: (_, brand) => `The email address of your account at ${brand.name} was changed`,
  PreviewProps: { newAddress: "maria.berg@example.org", at: "2026-11-21T14:05:00Z" },
  Component: ({ newAddress, at, brand }) => (
    <EmailLayout
      brand={brand}
      title="Your email address was changed"
      preview="You sign in with the new address from now on."
    >
      <Paragraph>The account at {brand.name} that used this address now uses another one.</Paragraph>
      <DetailList
        rows={[
          ["New address", newAddress],
          ["When", formatTimestamp(at)],
        ]}
      />
      <Paragraph>
        If it was you, there is nothing to do. If it was not, write to <SupportLink brand={brand} /> at once, from this address.
      </Paragraph>
    </EmailLayout>
  ),
});
