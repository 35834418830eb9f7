import * as z from "zod/mini";
import { DetailList, EmailLayout, Paragraph, SupportLink } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, Timestamp, TrustedText } from "./safe-text";

export const emailChanged = defineEmail({
  schema: z.strictObject({ newAddress: TrustedText, at: Timestamp }),
  subject: (_, brand) => `The email address of your ${brand.name} account was changed`,
  PreviewProps: { newAddress: "maria.berg@example.org", at: "2026-11-21T14:05:00Z" },
  Component: ({ newAddress, at, brand }) => (
    <EmailLayout
      brand={brand}
      title="Your email address was changed"
      preview="Sign in with the new address from now on."
    >
      <Paragraph>Your {brand.name} account now uses a different email address.</Paragraph>
      <DetailList
        rows={[
          ["New address", newAddress],
          ["When", formatTimestamp(at)],
        ]}
      />
      <Paragraph>
        If this was you, you don’t need to do anything. If it wasn’t, write to <SupportLink brand={brand} /> immediately, from this
        address.
      </Paragraph>
    </EmailLayout>
  ),
});
