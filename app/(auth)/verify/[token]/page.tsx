import { AuthLayout } from "@/components/layout/auth-layout";
import { getEmailVerification } from "@/lib/accounts/queries";
import { signUpLinkMessages } from "@/lib/accounts/rules";
import { brand } from "@/lib/brand";
import { publicPage } from "@/lib/web/public-page";
import { InvalidLink } from "../../invalid-link";
import { ValidateForm } from "./validate-form";
import { fullName } from "@/lib/shared/person-name";

export default publicPage(async ({ token }) => {
  const shown = await getEmailVerification(token);
  if (shown.state !== "fresh") {
    const isConfirmed = shown.state === "used" || shown.state === "replaced";
    const next = isConfirmed ? { label: "Sign in", href: "/sign-in" } : { label: "Create Account", href: "/create-account" };
    return <InvalidLink state={shown.state} {...signUpLinkMessages[shown.state]} next={next} />;
  }
  const { firstName, lastName } = shown.data;
  return (
    <AuthLayout product={brand().name} title="Validate your address">
      <p>
        Validate <b>{shown.email}</b> to create the account of {fullName({ firstName, lastName })}. If you did not ask for it, close this
        page.
      </p>
      <ValidateForm token={token} email={shown.email} />
    </AuthLayout>
  );
});
