import { AuthFooter, AuthLayout } from "@/components/layout/auth-layout";
import { TextLink } from "@/components/ui/link";
import { brand } from "@/lib/brand";
import { publicPage } from "@/lib/web/public-page";
import { RecoverForm } from "./recover-form";

export default publicPage(() => {
  return (
    <AuthLayout product={brand().name} title="Forgot password?" subtitle="Enter your email address, and we’ll send you a link to choose a new password.">
      <RecoverForm />
      <AuthFooter>
        <TextLink href="/sign-in">Back to sign in</TextLink>
      </AuthFooter>
    </AuthLayout>
  );
});
