import * as z from "zod/mini";
import { ActionButton, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { LinkUrl } from "./safe-text";

export const addressInUse = defineEmail({
  schema: z.strictObject({ signInLink: LinkUrl }),
  subject: (_, brand) => `Your email address was asked for at ${brand.name}`,
  PreviewProps: { signInLink: "https://portal.example.net/sign-in" },
  Component: ({ signInLink, brand }) => (
    <EmailLayout brand={brand} title="Your email address was asked for" preview="Nothing was changed.">
      <Paragraph>
        Somebody, perhaps you, asked that another account at {brand.name} use this address. It belongs to your account
        already, so nothing was changed.
      </Paragraph>
      <Paragraph>
        If it was you, sign in with this address, or give this account another one first. If it was not you, there is
        nothing to do.
      </Paragraph>
      <ActionButton href={signInLink} label="Sign in" />
    </EmailLayout>
  ),
});
