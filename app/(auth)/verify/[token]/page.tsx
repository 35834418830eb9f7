import { AuthLayout } from "@/components/layout/auth-layout";
import { getEmailVerification } from "@/lib/accounts/queries";
import { signUpLinkMessages } from "@/lib/accounts/rules";
import { brand } from "@/lib/brand";
import { publicPage } from "@/lib/web/public-page";
import { readSignUpCookie } from "@/lib/web/sign-up-cookie";
import { InvalidLink } from "../../invalid-link";
import { ValidateForm } from "./validate-form";
import { fullName } from "@/lib/shared/person-name";

export default publicPage(async ({ token }) => {
  const shown = await getEmailVerification(token, await readSignUpCookie());
  if (shown.state !== "fresh") {
    const isConfirmed = shown.state === "used" || shown.state === "replaced";
    const next = isConfirmed ? { label: "Sign in", href: "/sign-in" } : { label: "Create Account", href: "/create-account" };
    return <InvalidLink state={shown.state} {...signUpLinkMessages[shown.state]} next={next} />;
  }
  const { firstName, lastName, needsPassword } = shown.data;
  return (
    <AuthLayout product={brand().name} title="Confirm your email">
      <p>
        This creates an account for {fullName({ firstName, lastName })} with the address <b>{shown.email}</b>. If you didn’t ask for it,
        close this page.
      </p>
      <ValidateForm token={token} email={shown.email} needsPassword={needsPassword} />
    </AuthLayout>
  );
});
