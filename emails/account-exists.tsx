import * as z from "zod/mini";
import { ActionButton, TextLink, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { LinkUrl } from "./safe-text";

export const accountExists = defineEmail({
  schema: z.strictObject({ signInLink: LinkUrl, recoverLink: LinkUrl }),
  subject: (_, brand) => `You already have a ${brand.name} account`,
  PreviewProps: {
    signInLink: "https://portal.example.net/sign-in",
    recoverLink: "https://portal.example.net/recover",
  },
  Component: ({ signInLink, recoverLink, brand }) => (
    <EmailLayout brand={brand} title="You already have an account" preview="Sign in with your password.">
      <Paragraph>
        You (or someone using this address) asked for a {brand.name} account. You already have one, so nothing was changed.
      </Paragraph>
      <ActionButton href={signInLink} label="Sign in" />
      <Paragraph>
        Forgot your password? Choose a new one:{" "}
        <TextLink href={recoverLink}>{recoverLink}</TextLink>
      </Paragraph>
      <Paragraph>If this wasn’t you, you don’t need to do anything.</Paragraph>
    </EmailLayout>
  ),
});
