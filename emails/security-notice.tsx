import * as z from "zod/mini";
import { Action, Facts, Letter, Paragraph } from "./letter";
import { mail } from "./mail";
import { inWords, Link, Moment, Name, Words } from "./words";

export const securityNotice = mail({
  schema: z.strictObject({ what: Words, at: Moment, from: Name, advice: Words, label: Words, link: Link }),
  subject: ({ what }, brand) => `Security notice from ${brand.name}: ${what}`,
  PreviewProps: {
    what: "Your password was changed",
    at: "2026-11-21T14:05:00Z",
    from: "Firefox on Linux, 192.0.2.17",
    advice: "If it was not you, choose a new password at once; that signs out everybody else.",
    label: "Choose a new password",
    link: "https://portal.example.net/recover",
  },
  Component: ({ what, at, from, advice, label, link, brand }) => (
    <Letter brand={brand} title={what} preview={advice}>
      <Paragraph>This happened to your account at {brand.name}.</Paragraph>
      <Facts rows={[["When", inWords(at)], ["From", from]]} />
      <Paragraph>If it was you, there is nothing to do. {advice}</Paragraph>
      <Action href={link} label={label} />
    </Letter>
  ),
});
