import * as z from "zod/mini";
import { Action, Letter, Paragraph } from "./letter";
import { mail } from "./mail";
import { inWords, Link, Moment, Name } from "./words";

export const invitationAccepted = mail({
  schema: z.strictObject({ organization: Name, link: Link, validUntil: Moment }),
  subject: ({ organization }) => `Create your login for ${organization}`,
  PreviewProps: {
    organization: "Northern Rail Cargo",
    link: "https://portal.example.net/invite/login/3q2-7w",
    validUntil: "2026-11-28T14:05:00Z",
  },
  Component: ({ organization, link, validUntil, brand }) => (
    <Letter brand={brand} title="Create your login" preview={`You accepted the invitation to ${organization}.`}>
      <Paragraph>
        You accepted the invitation to {organization}. To use it, create a login at {brand.name}: your name and a
        password.
      </Paragraph>
      <Action href={link} label="Create your login" />
      <Paragraph>The link works once, until {inWords(validUntil)}.</Paragraph>
      <Paragraph>If you did not accept an invitation, do nothing and tell us.</Paragraph>
    </Letter>
  ),
});
