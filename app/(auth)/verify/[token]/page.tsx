import { AuthLayout } from "@/components/layout/auth-layout";
import { getEmailVerification } from "@/lib/accounts/queries";
import { brand } from "@/lib/brand";
import { publicPage } from "@/lib/web/public-page";
import { InvalidLink } from "../../invalid-link";
import { ValidateForm } from "./validate-form";
import { fullName } from "@/lib/shared/person-name";

const validated = {
  title: "This address is validated",
  text: "The link worked the first time, and your account is ready.",
  next: { label: "Sign in", href: "/sign-in" },
};

export default publicPage(async ({ token }) => {
  const shown = await getEmailVerification(token);
  if (shown.state === "used") return <InvalidLink state="used" {...validated} />;
  if (shown.state !== "fresh") return <InvalidLink state={shown.state} next={{ label: "Create Account", href: "/create-account" }} />;
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
