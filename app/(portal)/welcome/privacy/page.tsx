import { signOut } from "@/app/(portal)/actions";
import { AuthLayout } from "@/components/layout/auth-layout";
import { brand } from "@/lib/brand";
import { getAccountRegion } from "@/lib/usage-analytics/queries";
import { analyticsConsentText } from "@/lib/shared/analytics-consent";
import { requireDue } from "@/lib/web/page";
import { safeRedirectPath } from "@/lib/web/request-metadata";
import { PrivacyForm } from "./privacy-form";

export default async function PrivacyPage({ searchParams }: PageProps<"/welcome/privacy">) {
  const { next } = await searchParams;
  const { account } = await requireDue("privacy", next);
  const { name, privacyUrl } = brand();
  const inEurope = (await getAccountRegion(account.id)) === "europe";
  return (
    <AuthLayout product={name} title="May we see which pages you use?" subtitle={`Signed in as ${account.email}`}>
      <PrivacyForm next={safeRedirectPath(next) ?? ""}>
        {inEurope && <p>Your account is kept under European data protection law: usage analysis is off, and stays off unless you allow it.</p>}
        <p>{analyticsConsentText.recorded}</p>
        <p>{analyticsConsentText.purpose} {analyticsConsentText.retention}</p>
        <p>
          The portal works the same either way. You can change your choice at any time in My Account.
          {privacyUrl && <> <a className="link" href={privacyUrl}>Privacy Notice</a></>}
        </p>
      </PrivacyForm>
      <form className="below" action={signOut}>
        <button className="link">Sign out</button>
      </form>
    </AuthLayout>
  );
}
