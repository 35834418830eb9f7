import * as z from "zod/mini";
import { ActionButton, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { LinkUrl, SafeName } from "./safe-text";

export const mspRequested = defineEmail({
  schema: z.strictObject({ organization: SafeName, msp: SafeName, by: SafeName, link: LinkUrl }),
  subject: ({ organization, msp }, brand) => `${organization} asks ${msp} to be its Managed Service Provider at ${brand.name}`,
  PreviewProps: { organization: "Northern Rail Cargo", msp: "Halyard Networks", by: "Maria Berg", link: "https://portal.example.net/msp/0199aa" },
  Component: ({ organization, msp, by, link, brand }) => (
    <EmailLayout brand={brand} title={`${organization} asks ${msp} to be its Managed Service Provider`} preview={`Accept or decline the request.`}>
      <Paragraph>
        {by} assigned the organization {organization} to {msp} at {brand.name}. The assignment begins when an administrator of {msp} accepts it.
      </Paragraph>
      <ActionButton href={link} label="Open the request" />
      <Paragraph>Either side can end the assignment at any time.</Paragraph>
    </EmailLayout>
  ),
});
