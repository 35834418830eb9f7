import { redirect } from "next/navigation";
import { AuthLayout } from "@/components/layout/auth-layout";
import { FlashMessage } from "@/components/ui/flash-message";
import { brand } from "@/lib/brand";
import { isGoogleOn } from "@/lib/integrations/google";
import { nameOnSignIn } from "@/lib/organizations/queries";
import { offerToEnter } from "@/lib/passkeys/queries";
import { noticeOf } from "@/lib/vocabulary/notices";
import { arrivalIn } from "@/lib/web/entrance";
import { standing } from "@/lib/web/session";
import { wantedIn } from "@/lib/web/visitor";
import { SignInWithGoogle } from "../google/sign-in-with-google";
import { PasskeyButton } from "./passkey-button";
import { SignInForm } from "./sign-in-form";

const one = (value: string | string[] | undefined) => (typeof value === "string" ? value : "");

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { email, next, org, notice } = await searchParams;
  const wanted = wantedIn({ next, org });
  const here = await standing();
  if (here) redirect(arrivalIn(here, wanted));
  const { name, instance } = brand();
  const orgName = await nameOnSignIn(org);
  const said = noticeOf(notice);
  const goal = { next: wanted.path ?? "", org: (orgName && wanted.orgId) ?? "" };
  return (
    <AuthLayout product={name} title={`Sign in to ${orgName ?? name}`} subtitle={instance}>
      {said && <FlashMessage key={said} text={said} />}
      <SignInForm email={one(email)} {...goal} />
      <PasskeyButton offer={await offerToEnter()} label="Sign in with a passkey" autofill {...goal} />
      {isGoogleOn() && <SignInWithGoogle {...goal} />}
      <p className="below">
        New here? <a className="link" href="/create-account">Create Account</a>
      </p>
    </AuthLayout>
  );
}
