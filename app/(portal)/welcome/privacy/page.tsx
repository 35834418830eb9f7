import { SignOutForm } from "@/app/(portal)/sign-out-form";
import { AuthLayout } from "@/components/layout/auth-layout";
import { textLink } from "@/components/ui/text-link";
import { brand } from "@/lib/brand";
import { getAccountRegion } from "@/lib/usage-analytics/queries";
import { analyticsConsentText } from "@/lib/shared/analytics-consent";
import { pendingStepPage } from "@/lib/web/account-page";
import { PrivacyForm } from "./privacy-form";

export default pendingStepPage("privacy", async ({ session: { account }, next }) => {
  const { name, privacyUrl } = brand();
  const inEurope = (await getAccountRegion(account.id)) === "europe";
  return (
    <AuthLayout product={name} title="May we record which pages you open?" subtitle={`Signed in as ${account.email}`}>
      <PrivacyForm next={next ?? ""}>
        {inEurope && <p>Your data is stored in Europe, under the GDPR. Usage analysis is off unless you allow it.</p>}
        <p>{analyticsConsentText.recorded}</p>
        <p>{analyticsConsentText.purpose} {analyticsConsentText.retention}</p>
        <p>
          The portal works the same either way. You can change your choice at any time in My Account.{" "}
          <a className={textLink} href={privacyUrl}>Privacy Notice</a>
        </p>
      </PrivacyForm>
      <SignOutForm />
    </AuthLayout>
  );
});
