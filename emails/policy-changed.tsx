import * as z from "zod/mini";
import { ActionButton, DetailList, EmailLayout, Paragraph } from "./email-layout";
import { defineEmail } from "./define-email";
import { formatTimestamp, LinkUrl, SafeName, Timestamp, TrustedText } from "./safe-text";

export const policyChanged = defineEmail({
  schema: z.strictObject({
    organization: SafeName,
    twoFactor: TrustedText,
    sessions: TrustedText,
    password: TrustedText,
    expiry: TrustedText,
    by: SafeName,
    at: Timestamp,
    link: LinkUrl,
  }),
  subject: ({ organization }) => `${organization} changed its sign-in rules`,
  PreviewProps: {
    organization: "Northern Rail Cargo",
    twoFactor: "Two-factor authentication is required. You set it up when you next open the portal; it takes two minutes, with any authenticator app.",
    sessions: "Sessions end sooner than before, so you were signed out. Sign in again to continue.",
    password: "A password must have at least 14 characters and a special character. If yours doesn’t, you choose a new one at your next sign-in.",
    expiry: "A password is valid for 90 days. Yours is older, so you choose a new one when you next open the portal.",
    by: "Maria Berg",
    at: "2026-11-21T14:05:00Z",
    link: "https://portal.example.net/orgs/0198f0c4-7f1e-7a55-9a54-2f8c1d3b5e60",
  },
  Component: ({ organization, twoFactor, sessions, password, expiry, by, at, link, brand }) => (
    <EmailLayout brand={brand} title={`${organization} changed its sign-in rules`} preview="What changes for you, and what to do.">
      <Paragraph>You are an administrator of {organization}. This changes for you:</Paragraph>
      {[twoFactor, sessions, password, expiry].filter(Boolean).map((effect) => (
        <Paragraph key={effect}>{effect}</Paragraph>
      ))}
      <ActionButton href={link} label={`Open ${brand.name}`} />
      <DetailList
        rows={[
          ["By", by],
          ["When", formatTimestamp(at)],
        ]}
      />
    </EmailLayout>
  ),
});
