import * as z from "zod/mini";
import { ActionButton, TextLink, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { LinkUrl } from "./safe-text";

export const accountExists = defineEmail({
  schema: z.strictObject({ signInLink: LinkUrl, recoverLink: LinkUrl }),
  subject: (_, brand) => `You already have an account at ${brand.name}`,
  PreviewProps: {
    signInLink: "https://portal.example.net/sign-in",
    recoverLink: "https://portal.example.net/recover",
  },
  Component: ({ signInLink, recoverLink, brand }) => (
    <EmailLayout brand={brand} title="You already have an account" preview="Sign in with the password you have.">
      <Paragraph>
        Somebody, perhaps you, asked to create an account at {brand.name} with this address. There is one already, so
        nothing was changed.
      </Paragraph>
      <ActionButton href={signInLink} label="Sign in" />
      <Paragraph>
        If you no longer know the password, you can choose a new one:{" "}
        <TextLink href={recoverLink}>{recoverLink}</TextLink>
      </Paragraph>
      <Paragraph>If it was not you, there is nothing to do.</Paragraph>
    </EmailLayout>
  ),
});
