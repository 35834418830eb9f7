import * as z from "zod/mini";
import { ActionButton, DetailList, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, LinkUrl, SafeName, Timestamp, TrustedText } from "./safe-text";

export const invitation = defineEmail({
  schema: z.strictObject({
    organization: SafeName,
    inviter: SafeName,
    role: SafeName,
    access: SafeName,
    accessEnds: TrustedText,
    link: LinkUrl,
    validUntil: Timestamp,
  }),
  subject: ({ organization }, brand) => `Invitation to ${organization} at ${brand.name}`,
  PreviewProps: {
    organization: "Northern Rail Cargo",
    inviter: "Maria Berg",
    role: "Network Admin",
    access: "the sites Hamburg and Kiel",
    accessEnds: "28 Feb 2027, 23:00 UTC",
    link: "https://portal.example.net/invite/3q2-7w",
    validUntil: "2026-11-28T14:05:00Z",
  },
  Component: ({ organization, inviter, role, access, accessEnds, link, validUntil, brand }) => (
    <EmailLayout brand={brand} title={`Invitation to ${organization}`} preview={`${inviter} invites you as ${role}.`}>
      <Paragraph>
        {inviter} invites you to help administer {organization} at {brand.name}. You can accept or decline.
      </Paragraph>
      <DetailList
        rows={[
          ["Organization", organization],
          ["Role", role],
          ["Site access", access],
          ["Access ends", accessEnds],
          ["Valid until", formatTimestamp(validUntil)],
        ]}
      />
      <ActionButton href={link} label="View the invitation" />
      <Paragraph>This invitation is for your email address only. If you didn’t expect it, you don’t need to do anything.</Paragraph>
    </EmailLayout>
  ),
});
