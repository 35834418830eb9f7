import { z } from "zod";
import { line } from "@/lib/vocabulary/text";

const name = line(64, "Give the passkey a name");
const encoded = (max: number) => z.string().min(1).max(max).regex(/^[\w-]+$/);

/** What the browser's own dialog answered, as it travels in a form. */
const answered = z
  .string()
  .max(20_000)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: "The browser's answer cannot be read" });
      return z.NEVER;
    }
  });

const credential = { id: encoded(1_400), rawId: encoded(1_400), type: z.literal("public-key") };

const transports = z.array(z.string().max(32)).max(10).default([]);

const NewKey = z.object({
  ...credential,
  response: z.object({ clientDataJSON: encoded(8_000), attestationObject: encoded(12_000), transports }),
});

const Signature = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: encoded(8_000),
    authenticatorData: encoded(4_000),
    signature: encoded(4_000),
    userHandle: z.string().max(100).optional(),
  }),
});

export const AddPasskey = z.object({ name, answer: answered.pipe(NewKey) });
export const PasskeyName = z.object({ name });
export const RenamePasskey = z.object({ passkeyId: z.uuid(), name });
export const RemovePasskey = z.object({ passkeyId: z.uuid() });
export const UsePasskey = z.object({ answer: answered.pipe(Signature) });

export type NewKey = z.output<typeof NewKey>;
export type Signature = z.output<typeof Signature>;
