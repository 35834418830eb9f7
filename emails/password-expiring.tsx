import * as z from "zod/mini";
import { Action, Address, Letter, Paragraph, Quiet } from "./letter";
import { mail } from "./mail";
import { inWords, Link, Moment, Name, Words } from "./words";

export const passwordExpiring = mail({
  schema: z.strictObject({
    ends: Words,
    endsAt: Moment,
    suspendedAt: Moment,
    by: Name,
    whom: Words,
    every: Words,
    link: Link,
    recoverLink: Link,
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
    <Letter brand={brand} title={`Your password ${ends}`} preview={`${by} asks ${whom} for a new one every ${every}.`}>
      <Paragraph>
        {by} asks {whom} for a new password every {every}. Yours {ends}: {inWords(endsAt)}.
      </Paragraph>
      <Paragraph>
        After it, signing in leads only to choosing a new password. On {inWords(suspendedAt)} the account is suspended,
        unless you have chosen one by then. A new password is valid for {every} from the day you choose it.
      </Paragraph>
      <Action href={link} label="Change password" />
      <Quiet>
        You do not remember the old one? Choose a new one by mail: <Address href={recoverLink}>{recoverLink}</Address>
      </Quiet>
    </Letter>
  ),
});
