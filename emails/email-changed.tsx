import * as z from "zod/mini";
import { Facts, Letter, Paragraph, Support } from "./letter";
import { mail } from "./mail";
import { inWords, Moment, Words } from "./words";

export const emailChanged = mail({
  schema: z.strictObject({ newAddress: Words, at: Moment }),
  subject: (_, brand) => `The email address of your account at ${brand.name} was changed`,
  PreviewProps: { newAddress: "maria.berg@example.org", at: "2026-11-21T14:05:00Z" },
  Component: ({ newAddress, at, brand }) => (
    <Letter
      brand={brand}
      title="Your email address was changed"
      preview="You sign in with the new address from now on."
    >
      <Paragraph>The account at {brand.name} that used this address now uses another one.</Paragraph>
      <Facts
        rows={[
          ["New address", newAddress],
          ["When", inWords(at)],
        ]}
      />
      <Paragraph>
        If it was you, there is nothing to do. If it was not, write to <Support brand={brand} /> at once, from this address.
      </Paragraph>
    </Letter>
  ),
});
