import { z } from "zod";
import { Action, Letter, Paragraph } from "./letter";
import { mail } from "./mail";
import { inWords, Link, Moment } from "./words";

// Names no one: the visitor who typed the address could put words of their own into our mail.
export const validateAddress = mail({
  schema: z.strictObject({ link: Link, validUntil: Moment }),
  subject: (_, brand) => `Confirm your email address for ${brand.name}`,
  PreviewProps: { link: "https://portal.example.net/verify/3q2-7w", validUntil: "2026-11-22T14:05:00Z" },
  Component: ({ link, validUntil, brand }) => (
    <Letter brand={brand} title="Confirm your email address" preview="One step is left before you can sign in.">
      <Paragraph>
        An account at {brand.name} was created with this address. Confirm that the address is yours, then you can sign
        in.
      </Paragraph>
      <Action href={link} label="Confirm email address" />
      <Paragraph>The link works once, until {inWords(validUntil)}.</Paragraph>
      <Paragraph>If you did not create an account, do nothing: without the confirmation it cannot be used.</Paragraph>
    </Letter>
  ),
});
