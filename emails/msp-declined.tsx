import * as z from "zod/mini";
import { ActionButton, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { LinkUrl, SafeName } from "./safe-text";

export const mspDeclined = defineEmail({
  schema: z.strictObject({ organization: SafeName, msp: SafeName, by: SafeName, link: LinkUrl }),
  subject: ({ organization, msp }, brand) => `${msp} declined ${organization} at ${brand.name}`,
  PreviewProps: { organization: "Northern Rail Cargo", msp: "Halyard Networks", by: "Maria Berg", link: "https://portal.example.net/orgs/0199aa/settings" },
  Component: ({ organization, msp, by, link, brand }) => (
    <EmailLayout brand={brand} title={`${msp} declined ${organization}`} preview={`${by} declined your request.`}>
      <Paragraph>
        {by} declined the request that {msp} be the Managed Service Provider of {organization} at {brand.name}. Nothing else has changed.
      </Paragraph>
      <ActionButton href={link} label="Open the settings" />
    </EmailLayout>
  ),
});
