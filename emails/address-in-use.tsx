import * as z from "zod/mini";
import { ActionButton, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { LinkUrl } from "./safe-text";

export const addressInUse = defineEmail({
  schema: z.strictObject({ signInLink: LinkUrl }),
  subject: (_, brand) => `Someone asked to use your email address at ${brand.name}`,
  PreviewProps: { signInLink: "https://portal.example.net/sign-in" },
  Component: ({ signInLink, brand }) => (
    <EmailLayout brand={brand} title="Someone asked to use your email address" preview="Nothing was changed.">
      <Paragraph>
        You (or someone using this address) asked to use it for another {brand.name} account. It already belongs to your account,
        so nothing was changed.
      </Paragraph>
      <Paragraph>
        If this was you, sign in with this address, or first change the address of the account that has it. If it wasn’t,
        you don’t need to do anything.
      </Paragraph>
      <ActionButton href={signInLink} label="Sign in" />
    </EmailLayout>
  ),
});
