import * as z from "zod/mini";
import { Action, Address, Facts, Letter, Paragraph } from "./letter";
import { mail } from "./mail";
import { inWords, Link, Moment, Name } from "./words";

export const newSignIn = mail({
  schema: z.strictObject({ at: Moment, from: Name, sessionsLink: Link, recoverLink: Link }),
  subject: (_, brand) => `New sign-in to your account at ${brand.name}`,
  PreviewProps: {
    at: "2026-11-21T14:05:00Z",
    from: "Firefox on Linux, 192.0.2.17",
    sessionsLink: "https://portal.example.net/account?section=sessions",
    recoverLink: "https://portal.example.net/recover",
  },
  Component: ({ at, from, sessionsLink, recoverLink, brand }) => (
    <Letter brand={brand} title="New sign-in to your account" preview={`From ${from}, a browser that is new here.`}>
      <Paragraph>
        Your account at {brand.name} was signed in to from a browser that had not been used for it before.
      </Paragraph>
      <Facts
        rows={[
          ["When", inWords(at)],
          ["From", from],
        ]}
      />
      <Paragraph>If it was you, there is nothing to do. If not, end that session in My Account.</Paragraph>
      <Action href={sessionsLink} label="See your sessions" />
      <Paragraph>
        Then choose a new password, which signs out every browser: <Address href={recoverLink}>{recoverLink}</Address>
      </Paragraph>
    </Letter>
  ),
});
