import * as z from "zod/mini";
import { ActionButton, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, LinkUrl, SafeName, Timestamp, TrustedText } from "./safe-text";

export const certificateExpiring = defineEmail({
  schema: z.strictObject({
    organization: SafeName,
    kind: TrustedText,
    certificate: SafeName,
    fingerprint: TrustedText,
    days: TrustedText,
    endsAt: Timestamp,
    advice: TrustedText,
    link: LinkUrl,
  }),
  subject: ({ organization, days }) => `A certificate of ${organization} expires in ${days}`,
  PreviewProps: {
    organization: "Northern Rail Cargo",
    kind: "RadSec certificate",
    certificate: "CN=radius.northernrail.example",
    fingerprint: "9F:86:D0:81:88:4C:7D:65:9A:2F:EA:A0:C5:5A:D0:15:A3:BF:4F:1B:2B:0B:82:2C:D1:5D:6C:15:B0:F0:0A:08",
    days: "7 days",
    endsAt: "2026-12-05T14:05:00Z",
    advice: "Add the certificate that follows it in the settings before then.",
    link: "https://portal.example.net/orgs/018f/settings",
  },
  Component: ({ organization, kind, certificate, fingerprint, days, endsAt, advice, link, brand }) => (
    <EmailLayout brand={brand} title={`A certificate expires in ${days}`} preview={`${kind} of ${organization}: ${certificate}`}>
      <Paragraph>
        The {kind} {certificate} of {organization} expires on {formatTimestamp(endsAt)}. Access points and servers that rely on it can’t connect after that.
      </Paragraph>
      <Paragraph>{advice}</Paragraph>
      <Paragraph>SHA-256 fingerprint: {fingerprint}</Paragraph>
      <ActionButton href={link} label="Open settings" />
    </EmailLayout>
  ),
});
