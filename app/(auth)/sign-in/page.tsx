import { redirect } from "next/navigation";
import { AuthFooter, AuthLayout } from "@/components/layout/auth-layout";
import { FlashMessage } from "@/components/ui/flash-message";
import { TextLink } from "@/components/ui/link";
import { brand } from "@/lib/brand";
import { isGoogleEnabled } from "@/lib/integrations/google";
import { getOrganizationName } from "@/lib/organizations/queries";
import { loginOptions } from "@/lib/passkeys/queries";
import { flashMessage } from "@/lib/shared/flash-messages";
import { landingPath } from "@/lib/web/login-flow";
import { sessionStatus } from "@/lib/web/session";
import { parseReturnTo } from "@/lib/web/request-metadata";
import { publicPage } from "@/lib/web/public-page";
import { SignInWithGoogle } from "../google/sign-in-with-google";
import { PasskeyButton } from "./passkey-button";
import { SignInForm } from "./sign-in-form";

const one = (value: string | string[] | undefined) => (typeof value === "string" ? value : "");

export default publicPage(async ({ query }) => {
  const { email, next, org, notice } = query;
  const returnTo = parseReturnTo({ next, org });
  const status = await sessionStatus();
  if (status) redirect(landingPath(status, returnTo));
  const { name, instance } = brand();
  const orgName = await getOrganizationName(org);
  const said = flashMessage(notice);
  const returnFields = { next: returnTo.path ?? "", org: (orgName && returnTo.orgId) ?? "" };
  return (
    <AuthLayout product={name} title={`Sign in to ${orgName ?? name}`} subtitle={instance}>
      {said && <FlashMessage key={said} text={said} />}
      <SignInForm email={one(email)} {...returnFields} />
      <PasskeyButton options={await loginOptions()} label="Sign in with a passkey" autofill {...returnFields} />
      {isGoogleEnabled() && <SignInWithGoogle {...returnFields} />}
      <AuthFooter>
        New here? <TextLink href="/create-account">Create Account</TextLink>
      </AuthFooter>
    </AuthLayout>
  );
});
