import * as z from "zod/mini";
import { Action, Address, Letter, Paragraph, Quiet } from "./letter";
import { mail } from "./mail";
import { inWords, Link, Moment } from "./words";

export const accountReinstated = mail({
  schema: z.strictObject({ at: Moment, link: Link, recoverLink: Link }),
  subject: (_, brand) => `Your account at ${brand.name} is open again`,
  PreviewProps: {
    at: "2026-12-05T14:05:00Z",
    link: "https://portal.example.net/sign-in",
    recoverLink: "https://portal.example.net/recover",
  },
  Component: ({ at, link, recoverLink, brand }) => (
    <Letter brand={brand} title="Your account is open again" preview="Sign in and choose a new password.">
      <Paragraph>
        Staff of {brand.operator} reinstated your account at {brand.name} on {inWords(at)}. Sign in as before; where your
        password has ended, the first thing you are asked for is a new one.
      </Paragraph>
      <Action href={link} label="Sign in" />
      <Quiet>
        You do not remember the password? Choose a new one by mail: <Address href={recoverLink}>{recoverLink}</Address>
      </Quiet>
    </Letter>
  ),
});
