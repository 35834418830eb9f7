import * as z from "zod/mini";
import { ActionButton, TextLink, EmailLayout, Paragraph, SmallText } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, LinkUrl, Timestamp } from "./safe-text";

export const accountReinstated = defineEmail({
  schema: z.strictObject({ at: Timestamp, link: LinkUrl, recoverLink: LinkUrl }),
  subject: (_, brand) => `Your ${brand.name} account is active again`,
  PreviewProps: {
    at: "2026-12-05T14:05:00Z",
    link: "https://portal.example.net/sign-in",
    recoverLink: "https://portal.example.net/recover",
  },
  Component: ({ at, link, recoverLink, brand }) => (
    <EmailLayout brand={brand} title="Your account is active again" preview="Sign in and choose a new password.">
      <Paragraph>
        Staff of {brand.operator} reinstated your {brand.name} account on {formatTimestamp(at)}. Sign in as before. If your password
        has expired, you will be asked to choose a new one.
      </Paragraph>
      <ActionButton href={link} label="Sign in" />
      <SmallText>
        Forgot your password? Choose a new one: <TextLink href={recoverLink}>{recoverLink}</TextLink>
      </SmallText>
    </EmailLayout>
  ),
});
