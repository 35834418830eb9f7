import * as z from "zod/mini";
import { ActionButton, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { LinkUrl, SafeName, TrustedText } from "./safe-text";

export const invitationDeclined = defineEmail({
  schema: z.strictObject({ organization: SafeName, name: SafeName, email: TrustedText, link: LinkUrl }),
  subject: ({ name, organization }) => `${name} declined the invitation to ${organization}`,
  PreviewProps: {
    organization: "Northern Rail Cargo",
    name: "Omar Haddad",
    email: "omar.haddad@example.org",
    link: "https://portal.example.net/orgs/0199aa/administrators",
  },
  Component: ({ organization, name, email, link, brand }) => (
    <EmailLayout brand={brand} title="Invitation declined" preview={`${name} declined your invitation.`}>
      <Paragraph>
        {name} ({email}) declined your invitation to {organization} at {brand.name}. They have no access.
      </Paragraph>
      <ActionButton href={link} label="Open Administrators" />
      <Paragraph>If you think this is a mistake, invite them again.</Paragraph>
    </EmailLayout>
  ),
});
