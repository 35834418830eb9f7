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
  subject: ({ ends }, brand) => `Your password at ${brand.name} ${ends}`,
  PreviewProps: {
    ends: "ends in 14 days",
    endsAt: "2026-12-05T14:05:00Z",
    suspendedAt: "2027-03-05T14:05:00Z",
    by: "Northern Rail Cargo",
    whom: "its members",
    every: "365 days",
    link: "https://portal.example.net/account?section=authentication",
    recoverLink: "https://portal.example.net/recover",
  },
  Component: ({ ends, endsAt, suspendedAt, by, whom, every, link, recoverLink, brand }) => (
    <EmailLayout brand={brand} title={`Your password ${ends}`} preview={`${by} asks ${whom} for a new one every ${every}.`}>
      <Paragraph>
        {by} asks {whom} for a new password every {every}. Yours {ends}: {formatTimestamp(endsAt)}.
      </Paragraph>
      <Paragraph>
        After it, signing in leads only to choosing a new password. On {formatTimestamp(suspendedAt)} the account is suspended,
        unless you have chosen one by then. A new password is valid for {every} from the day you choose it.
      </Paragraph>
      <ActionButton href={link} label="Change password" />
      <SmallText>
        You do not remember the old one? Choose a new one by mail: <TextLink href={recoverLink}>{recoverLink}</TextLink>
      </SmallText>
    </EmailLayout>
  ),
});
