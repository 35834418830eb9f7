import * as z from "zod/mini";
import { Action, Letter, Paragraph } from "./letter";
import { mail } from "./mail";
import { inWords, Link, Moment } from "./words";

// Contains no names, because the address is not verified yet.
export const confirmEmail = mail({
  schema: z.strictObject({ link: Link, validUntil: Moment }),
  subject: (_, brand) => `Confirm your new email address for ${brand.name}`,
  PreviewProps: { link: "https://portal.example.net/verify/email/3q2-7w", validUntil: "2026-11-22T14:05:00Z" },
  Component: ({ link, validUntil, brand }) => (
    <Letter brand={brand} title="Confirm your new email address" preview="Until then your account keeps the old one.">
      <Paragraph>
        Somebody asked that their account at {brand.name} use this address. If it was you, confirm it; from then on you
        sign in with it, and every other browser is signed out.
      </Paragraph>
      <Action href={link} label="Confirm email address" />
      <Paragraph>The link works once, until {inWords(validUntil)}. Until you confirm, nothing changes.</Paragraph>
      <Paragraph>If it was not you, do nothing.</Paragraph>
    </Letter>
  ),
});
