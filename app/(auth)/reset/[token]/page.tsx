import { AuthLayout } from "@/components/layout/auth-layout";
import { getPasswordReset } from "@/lib/accounts/queries";
import { brand } from "@/lib/brand";
import { passwordRequirements } from "@/lib/shared/password-rules";
import { suspendedError } from "@/lib/accounts/rules";
import { publicPage } from "@/lib/web/public-page";
import { InvalidLink } from "../../invalid-link";
import { ResetForm } from "./reset-form";

const back = { label: "Go to sign-in", href: "/sign-in" };
const again = { label: "Ask for a new link", href: "/recover" };

export default publicPage(async ({ token }) => {
  const shown = await getPasswordReset(token);
  if (shown.state !== "fresh") return <InvalidLink state={shown.state} next={again} />;
  if (!shown.data) return <InvalidLink state="unknown" next={again} />;
  if (shown.data.suspended) return <InvalidLink state="unknown" title="This account is suspended" text={suspendedError().message} next={back} />;
  const { rules, passwordOnly } = shown.data;
  return (
    <AuthLayout product={brand().name} title="Choose a new password" subtitle={shown.email}>
      <ResetForm token={token} email={shown.email} requirements={passwordRequirements(rules.asks)} alone={passwordOnly} />
    </AuthLayout>
  );
});
