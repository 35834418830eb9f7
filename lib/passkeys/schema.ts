import * as z from "zod/mini";
import { boundedArray, boundedText, rowId, singleLine } from "@/lib/shared/text-schemas";

const name = singleLine(64, "Enter a name for the passkey");
const encoded = (max: number) => boundedText(max).check(z.regex(/^[\w-]+$/));

/** The JSON of the browser's WebAuthn response, from a form field. */
const answerJson = z.pipe(
  boundedText(20_000),
  z.transform((text, { issues }): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      issues.push({ code: "custom", message: "The browser’s response can’t be read", input: text });
      return z.NEVER;
    }
  }),
);

const credential = { id: encoded(1_400), rawId: encoded(1_400), type: z.literal("public-key") };

const transports = z._default(boundedArray(boundedText(32), 10), []);

const registrationAnswer = z.object({
  ...credential,
  response: z.object({ clientDataJSON: encoded(8_000), attestationObject: encoded(12_000), transports }),
});

const authenticationAnswer = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: encoded(8_000),
    authenticatorData: encoded(4_000),
    signature: encoded(4_000),
    userHandle: z.optional(boundedText(100)),
  }),
});

export const AddPasskey = z.object({ name, answer: z.pipe(answerJson, registrationAnswer) });
export const PasskeyName = z.object({ name });
export const RenamePasskey = z.object({ passkeyId: rowId(), name });
export const RemovePasskey = z.object({ passkeyId: rowId() });
export const UsePasskey = z.object({ answer: z.pipe(answerJson, authenticationAnswer) });

/** A sign-in with an unreadable answer counts as a failed one, so it is not refused by the schema. */
export const SignInWithPasskey = z.object({ answer: z.catch(z.nullable(z.pipe(answerJson, authenticationAnswer)), null) });

export type RegistrationAnswer = z.output<typeof registrationAnswer>;
export type AuthenticationAnswer = z.output<typeof authenticationAnswer>;
