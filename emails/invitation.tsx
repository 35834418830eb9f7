import * as z from "zod/mini";
import { Action, Facts, Letter, Paragraph } from "./letter";
import { mail } from "./mail";
import { inWords, Link, Moment, Name } from "./words";

export const invitation = mail({
  schema: z.strictObject({
    organization: Name,
    inviter: Name,
    role: Name,
    access: Name,
    link: Link,
    validUntil: Moment,
  }),
  subject: ({ organization }, brand) => `Invitation to ${organization} at ${brand.name}`,
  PreviewProps: {
    organization: "Northern Rail Cargo",
    inviter: "Maria Berg",
    role: "Network Admin",
    access: "the sites Hamburg and Kiel",
    link: "https://portal.example.net/invite/3q2-7w",
    validUntil: "2026-11-28T14:05:00Z",
  },
  Component: ({ organization, inviter, role, access, link, validUntil, brand }) => (
    <Letter brand={brand} title={`Invitation to ${organization}`} preview={`${inviter} invites you as ${role}.`}>
      <Paragraph>
        {inviter} invites you to help administer the organization {organization} at {brand.name}.
      </Paragraph>
      <Facts
        rows={[
          ["Organization", organization],
          ["Role", role],
          ["Site access", access],
          ["Valid until", inWords(validUntil)],
        ]}
      />
      <Action href={link} label="View the invitation" />
      <Paragraph>The invitation is for this address only. If you did not expect it, do nothing.</Paragraph>
    </Letter>
  ),
});
