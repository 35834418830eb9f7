import * as z from "zod/mini";
import { Action, Address, Facts, Letter, Paragraph } from "./letter";
import { mail } from "./mail";
import { inWords, Link, Moment, Name, Telling } from "./words";

export const passwordReplaced = mail({
  schema: z.strictObject({ at: Moment, from: Name, ways: Telling, link: Link, recoverLink: Link }),
  subject: (_, brand) => `Security notice from ${brand.name}: Your password was changed`,
  PreviewProps: {
    at: "2026-11-21T14:05:00Z",
    from: "Firefox on Linux, 192.0.2.17",
    ways: "the passkey “Work laptop” and the Google account rosa.lind@example.com",
    link: "https://portal.example.net/account?dialog=login-methods",
    recoverLink: "https://portal.example.net/recover",
  },
  Component: ({ at, from, ways, link, recoverLink, brand }) => (
    <Letter brand={brand} title="Your password was changed" preview="It is not all that opens your account.">
      <Paragraph>A new password was set by a mailed link for your account at {brand.name}.</Paragraph>
      <Facts rows={[["When", inWords(at)], ["From", from]]} />
      <Paragraph>It does not change what else opens your account: {ways}. Remove what you do not know.</Paragraph>
      <Paragraph>
        If it was not you, <Address href={recoverLink}>choose another password</Address> at once; that signs out everybody else.
      </Paragraph>
      <Action href={link} label="Look at what opens your account" />
    </Letter>
  ),
});
