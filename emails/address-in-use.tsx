import * as z from "zod/mini";
import { Action, Letter, Paragraph } from "./letter";
import { mail } from "./mail";
import { Link } from "./words";

export const addressInUse = mail({
  schema: z.strictObject({ signInLink: Link }),
  subject: (_, brand) => `Your email address was asked for at ${brand.name}`,
  PreviewProps: { signInLink: "https://portal.example.net/sign-in" },
  Component: ({ signInLink, brand }) => (
    <Letter brand={brand} title="Your email address was asked for" preview="Nothing was changed.">
      <Paragraph>
        Somebody, perhaps you, asked that another account at {brand.name} use this address. It belongs to your account
        already, so nothing was changed.
      </Paragraph>
      <Paragraph>
        If it was you, sign in with this address, or give this account another one first. If it was not you, there is
        nothing to do.
      </Paragraph>
      <Action href={signInLink} label="Sign in" />
    </Letter>
  ),
});
