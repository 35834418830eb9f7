import * as z from "zod/mini";
import { Action, Letter, Paragraph } from "./letter";
import { mail } from "./mail";
import { inWords, Link, Moment } from "./words";

// Contains no user input, because anybody can have this sent to any address.
export const validateAddress = mail({
  schema: z.strictObject({ link: Link, validUntil: Moment }),
  subject: (_, brand) => `Validate your email address for ${brand.name}`,
  PreviewProps: { link: "https://portal.example.net/verify/3q2-7w", validUntil: "2026-11-22T14:05:00Z" },
  Component: ({ link, validUntil, brand }) => (
    <Letter brand={brand} title="Validate your email address" preview="One step is left before you can sign in.">
      <Paragraph>
        Somebody asked for an account at {brand.name} with this address. If it was you, validate the address with the
        password you chose, then you can sign in.
      </Paragraph>
      <Action href={link} label="Validate email address" />
      <Paragraph>The link works once, until {inWords(validUntil)}.</Paragraph>
      <Paragraph>If it was not you, do nothing: an address that is not validated gets no account.</Paragraph>
    </Letter>
  ),
});
