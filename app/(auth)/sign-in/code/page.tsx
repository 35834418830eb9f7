import { redirect } from "next/navigation";
import { AuthLayout } from "@/components/layout/auth-layout";
import { LinkButton } from "@/components/ui/button";
import { brand } from "@/lib/brand";
import { offerToGoOn } from "@/lib/passkeys/queries";
import { halfSignedIn } from "@/lib/two-factor/queries";
import { toward } from "@/lib/vocabulary/entrance";
import { arrivalIn, heldChallenge } from "@/lib/web/entrance";
import { standing } from "@/lib/web/session";
import { wantedIn } from "@/lib/web/visitor";
import { PasskeyButton } from "../passkey-button";
import { CodeForm } from "./code-form";

export default async function CodePage({ searchParams }: PageProps<"/sign-in/code">) {
  const wanted = wantedIn(await searchParams);
  const again = toward("/sign-in", wanted);
  const secret = await heldChallenge();
  const person = secret && (await halfSignedIn(secret));
  if (!person) {
    const here = await standing();
    return here ? redirect(arrivalIn(here, wanted)) : <StartAgain href={again} />;
  }
  const goal = { next: wanted.path ?? "", org: wanted.orgId ?? "" };
  const passkey = await offerToGoOn(secret);
  return (
    <AuthLayout product={brand().name} title="Enter a code" subtitle={`to sign in as ${person.email}`}>
      <CodeForm {...goal} />
      {passkey && <PasskeyButton offer={passkey} label="Use a passkey instead" {...goal} />}
      <p className="below">
        Not you, or no code at hand? <a className="link" href={again}>Start again</a>
      </p>
    </AuthLayout>
  );
}

function StartAgain({ href }: { href: string }) {
  return (
    <AuthLayout product={brand().name} title="Sign in again">
      <p>A code is asked for after the password. It must be entered within 5 minutes, in the same browser and in at most five tries.</p>
      <LinkButton href={href} variant="primary">Sign in</LinkButton>
    </AuthLayout>
  );
}
