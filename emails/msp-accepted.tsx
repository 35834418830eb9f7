import * as z from "zod/mini";
import { ActionButton, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { LinkUrl, SafeName } from "./safe-text";

export const mspAccepted = defineEmail({
  schema: z.strictObject({ organization: SafeName, msp: SafeName, by: SafeName, link: LinkUrl }),
  subject: ({ organization, msp }, brand) => `${msp} is now the Managed Service Provider of ${organization} at ${brand.name}`,
  PreviewProps: { organization: "Northern Rail Cargo", msp: "Halyard Networks", by: "Maria Berg", link: "https://portal.example.net/orgs/0199aa/settings" },
  Component: ({ organization, msp, by, link, brand }) => (
    <EmailLayout brand={brand} title={`${msp} accepted ${organization}`} preview={`${by} accepted your request.`}>
      <Paragraph>
        {by} accepted your request. {msp} is now the Managed Service Provider of {organization} at {brand.name}.
      </Paragraph>
      <ActionButton href={link} label="Open the settings" />
      <Paragraph>Either side can end the assignment at any time.</Paragraph>
    </EmailLayout>
  ),
});
