import * as z from "zod/mini";
import { singleLine } from "@/lib/shared/text-schemas";

const name = singleLine(64, "Give the passkey a name");
const encoded = (max: number) => z.string().check(z.minLength(1), z.maxLength(max), z.regex(/^[\w-]+$/));

/** The JSON of the browser's WebAuthn response, from a form field. */
const answerJson = z.pipe(
  z.string().check(z.maxLength(20_000)),
  z.transform((text, { issues }): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      issues.push({ code: "custom", message: "The browser's answer cannot be read", input: text });
      return z.NEVER;
    }
  }),
);

const credential = { id: encoded(1_400), rawId: encoded(1_400), type: z.literal("public-key") };

const transports = z._default(z.array(z.string().check(z.maxLength(32))).check(z.maxLength(10)), []);

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
    userHandle: z.optional(z.string().check(z.maxLength(100))),
  }),
});

export const AddPasskey = z.object({ name, answer: z.pipe(answerJson, registrationAnswer) });
export const PasskeyName = z.object({ name });
export const RenamePasskey = z.object({ passkeyId: z.uuid(), name });
export const RemovePasskey = z.object({ passkeyId: z.uuid() });
export const UsePasskey = z.object({ answer: z.pipe(answerJson, authenticationAnswer) });

export type RegistrationAnswer = z.output<typeof registrationAnswer>;
export type AuthenticationAnswer = z.output<typeof authenticationAnswer>;
