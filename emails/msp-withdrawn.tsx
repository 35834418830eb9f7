import * as z from "zod/mini";
import { ActionButton, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { LinkUrl, SafeName } from "./safe-text";

export const mspWithdrawn = defineEmail({
  schema: z.strictObject({ organization: SafeName, msp: SafeName, by: SafeName, link: LinkUrl }),
  subject: ({ organization, msp }, brand) => `${organization} withdrew its request to ${msp} at ${brand.name}`,
  PreviewProps: { organization: "Northern Rail Cargo", msp: "Halyard Networks", by: "Maria Berg", link: "https://portal.example.net/msp/0199aa" },
  Component: ({ organization, msp, by, link, brand }) => (
    <EmailLayout brand={brand} title={`${organization} withdrew its request`} preview={`${by} withdrew the request to ${msp}.`}>
      <Paragraph>
        {by} withdrew the request that {msp} be the Managed Service Provider of {organization} at {brand.name}. There is nothing left to answer.
      </Paragraph>
      <ActionButton href={link} label="Open the portal" />
    </EmailLayout>
  ),
});
