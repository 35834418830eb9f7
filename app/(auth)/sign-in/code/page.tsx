import { redirect } from "next/navigation";
import { Door } from "@/components/layout/door";
import { LinkButton } from "@/components/ui/button";
import { brand } from "@/lib/brand";
import { offerToGoOn } from "@/lib/passkeys/queries";
import { halfSignedIn } from "@/lib/two-factor/queries";
import { arrivalIn, heldChallenge } from "@/lib/web/entrance";
import { standing } from "@/lib/web/session";
import { PasskeyButton } from "../passkey-button";
import { CodeForm } from "./code-form";

export default async function CodePage() {
  const secret = await heldChallenge();
  const person = secret && (await halfSignedIn(secret));
  if (!person) {
    const here = await standing();
    return here ? redirect(arrivalIn(here, { path: null })) : <StartAgain />;
  }
  const passkey = await offerToGoOn(secret);
  return (
    <Door product={brand().name} title="Enter a code" subtitle={`to sign in as ${person.email}`}>
      <CodeForm />
      {passkey && <PasskeyButton offer={passkey} label="Use a passkey instead" />}
      <p className="below">
        Not you, or no code at hand? <a className="link" href="/sign-in">Start again</a>
      </p>
    </Door>
  );
}

function StartAgain() {
  return (
    <Door product={brand().name} title="Sign in again">
      <p>A code is asked for after the password. It must be entered within 5 minutes, in the same browser and in at most five tries.</p>
      <LinkButton href="/sign-in" tone="primary">Sign in</LinkButton>
    </Door>
  );
}
