import * as z from "zod/mini";
import { ActionButton, TextLink, EmailLayout, Paragraph, SmallText } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, LinkUrl, Timestamp, SafeName, TrustedText } from "./safe-text";

export const passwordExpiring = defineEmail({
  schema: z.strictObject({
    ends: TrustedText,
    endsAt: Timestamp,
    suspendedAt: Timestamp,
    by: SafeName,
    whom: TrustedText,
    every: TrustedText,
    link: LinkUrl,
    recoverLink: LinkUrl,
  }),
  subject: ({ ends }, brand) => `Your ${brand.name} password ${ends}`,
  PreviewProps: {
    ends: "expires in 14 days",
    endsAt: "2026-12-05T14:05:00Z",
    suspendedAt: "2027-03-05T14:05:00Z",
    by: "Northern Rail Cargo",
    whom: "its members",
    every: "365 days",
    link: "https://portal.example.net/account?section=authentication",
    recoverLink: "https://portal.example.net/recover",
  },
  Component: ({ ends, endsAt, suspendedAt, by, whom, every, link, recoverLink, brand }) => (
    <EmailLayout brand={brand} title={`Your password ${ends}`} preview={`${by} requires ${whom} to choose a new one every ${every}.`}>
      <Paragraph>
        {by} requires {whom} to choose a new password every {every}. Yours {ends}: {formatTimestamp(endsAt)}.
      </Paragraph>
      <Paragraph>
        After that, you must choose a new password when you sign in. If you haven’t by {formatTimestamp(suspendedAt)}, your account is
        suspended. A new password is valid for {every} from the day you choose it.
      </Paragraph>
      <ActionButton href={link} label="Change password" />
      <SmallText>
        Forgot your password? Choose a new one: <TextLink href={recoverLink}>{recoverLink}</TextLink>
      </SmallText>
    </EmailLayout>
  ),
});
