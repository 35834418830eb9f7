import * as z from "zod/mini";
import { ActionButton, TextLink, DetailList, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, LinkUrl, Timestamp, SafeName } from "./safe-text";

export const newSignIn = defineEmail({
  schema: z.strictObject({ at: Timestamp, from: SafeName, sessionsLink: LinkUrl, recoverLink: LinkUrl }),
  subject: (_, brand) => `New sign-in to your ${brand.name} account`,
  PreviewProps: {
    at: "2026-11-21T14:05:00Z",
    from: "Firefox on Linux, 192.0.2.17",
    sessionsLink: "https://portal.example.net/account?section=sessions",
    recoverLink: "https://portal.example.net/recover",
  },
  Component: ({ at, from, sessionsLink, recoverLink, brand }) => (
    <EmailLayout brand={brand} title="New sign-in to your account" preview={`From ${from}, a new browser.`}>
      <Paragraph>
        Someone signed in to your {brand.name} account from a new browser.
      </Paragraph>
      <DetailList
        rows={[
          ["When", formatTimestamp(at)],
          ["From", from],
        ]}
      />
      <Paragraph>If this was you, you don’t need to do anything. If it wasn’t, end that session in My Account.</Paragraph>
      <ActionButton href={sessionsLink} label="View your sessions" />
      <Paragraph>
        Then choose a new password. This signs out all browsers: <TextLink href={recoverLink}>{recoverLink}</TextLink>
      </Paragraph>
    </EmailLayout>
  ),
});
