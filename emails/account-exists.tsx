import * as z from "zod/mini";
import { Action, Address, Letter, Paragraph } from "./letter";
import { mail } from "./mail";
import { Link } from "./words";

export const accountExists = mail({
  schema: z.strictObject({ signInLink: Link, recoverLink: Link }),
  subject: (_, brand) => `You already have an account at ${brand.name}`,
  PreviewProps: {
    signInLink: "https://portal.example.net/sign-in",
    recoverLink: "https://portal.example.net/recover",
  },
  Component: ({ signInLink, recoverLink, brand }) => (
    <Letter brand={brand} title="You already have an account" preview="Sign in with the password you have.">
      <Paragraph>
        Somebody, perhaps you, asked to create an account at {brand.name} with this address. There is one already, so
        nothing was changed.
      </Paragraph>
      <Action href={signInLink} label="Sign in" />
      <Paragraph>
        If you no longer know the password, you can choose a new one:{" "}
        <Address href={recoverLink}>{recoverLink}</Address>
      </Paragraph>
      <Paragraph>If it was not you, there is nothing to do.</Paragraph>
    </Letter>
  ),
});
