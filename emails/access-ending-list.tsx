import * as z from "zod/mini";
import { ActionButton, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { LinkUrl, SafeName, SafeText, TrustedText } from "./safe-text";

export const accessEndingList = defineEmail({
  schema: z.strictObject({ organization: SafeName, count: TrustedText, people: SafeText, link: LinkUrl }),
  subject: ({ organization, count }, brand) => `The access of ${count} of ${organization} at ${brand.name} ends soon`,
  PreviewProps: {
    organization: "Northern Rail Cargo",
    count: "2 administrators",
    people: "Nora Falk (5 Dec 2026, 23:00 UTC) and Omar Haddad (6 Dec 2026, 23:00 UTC)",
    link: "https://portal.example.net/orgs/0199aa/administrators?accessEnd=soon",
  },
  Component: ({ organization, count, people, link, brand }) => (
    <EmailLayout brand={brand} title={`The access of ${count} ends soon`} preview={`In ${organization}. If that is right, you don’t need to do anything.`}>
      <Paragraph>
        In the organization {organization}, the access of these people ends by itself: {people}.
      </Paragraph>
      <Paragraph>If somebody needs it for longer, change the end date.</Paragraph>
      <ActionButton href={link} label="Open administrators" />
    </EmailLayout>
  ),
});
