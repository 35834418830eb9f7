import * as z from "zod/mini";
import { ActionButton, TextLink, EmailLayout, Paragraph, SmallText } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, LinkUrl, Timestamp } from "./safe-text";

export const accountReinstated = defineEmail({
  schema: z.strictObject({ at: Timestamp, link: LinkUrl, recoverLink: LinkUrl }),
  subject: (_, brand) => `Your account at ${brand.name} is open again`,
  PreviewProps: {
    at: "2026-12-05T14:05:00Z",
    link: "https://portal.example.net/sign-in",
    recoverLink: "https://portal.example.net/recover",
  },
  Component: ({ at, link, recoverLink, brand }) => (
    <EmailLayout brand={brand} title="Your account is open again" preview="Sign in and choose a new password.">
      <Paragraph>
        Staff of {brand.operator} reinstated your account at {brand.name} on {formatTimestamp(at)}. Sign in as before; where your
        password has ended, the first thing you are asked for is a new one.
      </Paragraph>
      <ActionButton href={link} label="Sign in" />
      <SmallText>
        You do not remember the password? Choose a new one by mail: <TextLink href={recoverLink}>{recoverLink}</TextLink>
      </SmallText>
    </EmailLayout>
  ),
});
