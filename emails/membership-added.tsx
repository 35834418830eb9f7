import * as z from "zod/mini";
import { ActionButton, DetailList, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { LinkUrl, SafeName, TrustedText } from "./safe-text";

export const membershipAdded = defineEmail({
  schema: z.strictObject({
    organization: SafeName,
    role: SafeName,
    access: SafeName,
    accessEnds: TrustedText,
    link: LinkUrl,
  }),
  subject: ({ organization }, brand) => `You are now an administrator of ${organization} at ${brand.name}`,
  PreviewProps: {
    organization: "Northern Rail Cargo",
    role: "Network Admin",
    access: "the sites Hamburg and Kiel",
    accessEnds: "28 Feb 2027, 23:00 UTC",
    link: "https://portal.example.net/orgs/0199aa",
  },
  Component: ({ organization, role, access, accessEnds, link, brand }) => (
    <EmailLayout
      brand={brand}
      title={`You are now an administrator of ${organization}`}
      preview={`Your role is ${role}; you have access to ${access}.`}
    >
      <Paragraph>You now have access to this organization at {brand.name}. Sign in as before.</Paragraph>
      <DetailList
        rows={[
          ["Organization", organization],
          ["Role", role],
          ["Site access", access],
          ["Access ends", accessEnds],
        ]}
      />
      <ActionButton href={link} label="Open the organization" />
      <Paragraph>If you didn’t accept an invitation, change your password and write to us.</Paragraph>
    </EmailLayout>
  ),
});
