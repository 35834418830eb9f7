import * as z from "zod/mini";
import { Action, Letter, Paragraph } from "./letter";
import { mail } from "./mail";
import { inWords, Link, Moment } from "./words";

export const resetPassword = mail({
  schema: z.strictObject({ link: Link, validUntil: Moment }),
  subject: (_, brand) => `Choose a new password for ${brand.name}`,
  PreviewProps: { link: "https://portal.example.net/reset/3q2-7w", validUntil: "2026-11-21T15:05:00Z" },
  Component: ({ link, validUntil, brand }) => (
    <Letter brand={brand} title="Choose a new password" preview="The link works once and for a short time.">
      <Paragraph>A new password was asked for, for the account at {brand.name} with this address.</Paragraph>
      <Action href={link} label="Choose a new password" />
      <Paragraph>
        The link works once, until {inWords(validUntil)}. With the new password you are signed out everywhere else.
      </Paragraph>
      <Paragraph>If you did not ask for it, do nothing: your password stays as it is.</Paragraph>
    </Letter>
  ),
});
