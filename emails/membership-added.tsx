import * as z from "zod/mini";
import { ActionButton, DetailList, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { LinkUrl, SafeName } from "./safe-text";

export const membershipAdded = defineEmail({
  schema: z.strictObject({ organization: SafeName, role: SafeName, access: SafeName, link: LinkUrl }),
  subject: ({ organization }, brand) => `You are now an administrator of ${organization} at ${brand.name}`,
  PreviewProps: {
    organization: "Northern Rail Cargo",
    role: "Network Admin",
    access: "the sites Hamburg and Kiel",
    link: "https://portal.example.net/orgs/0199aa",
  },
  Component: ({ organization, role, access, link, brand }) => (
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
        ]}
      />
      <ActionButton href={link} label="Open the organization" />
      <Paragraph>If you didn’t accept an invitation, change your password and write to us.</Paragraph>
    </EmailLayout>
  ),
});
