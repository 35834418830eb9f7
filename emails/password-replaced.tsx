import * as z from "zod/mini";
import { ActionButton, TextLink, DetailList, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, LinkUrl, Timestamp, SafeName, SafeText } from "./safe-text";

export const passwordReplaced = defineEmail({
  schema: z.strictObject({ at: Timestamp, from: SafeName, ways: SafeText, link: LinkUrl, recoverLink: LinkUrl }),
  subject: (_, brand) => `Security notice from ${brand.name}: Your password was changed`,
  PreviewProps: {
    at: "2026-11-21T14:05:00Z",
    from: "Firefox on Linux, 192.0.2.17",
    ways: "the passkey “Work laptop” and the Google account rosa.lind@example.com",
    link: "https://portal.example.net/account?dialog=login-methods",
    recoverLink: "https://portal.example.net/recover",
  },
  Component: ({ at, from, ways, link, recoverLink, brand }) => (
    <EmailLayout brand={brand} title="Your password was changed" preview="Check the other ways to sign in.">
      <Paragraph>A new password was set for your {brand.name} account, using a link in an email.</Paragraph>
      <DetailList rows={[["When", formatTimestamp(at)], ["From", from]]} />
      <Paragraph>These can still sign in to your account: {ways}. Remove what you don’t recognize.</Paragraph>
      <Paragraph>
        If this wasn’t you, <TextLink href={recoverLink}>choose another password</TextLink> immediately. That signs out everyone else.
      </Paragraph>
      <ActionButton href={link} label="Review ways to sign in" />
    </EmailLayout>
  ),
});
