import { AuthFooter, AuthLayout } from "@/components/layout/auth-layout";
import { LinkButton } from "@/components/ui/button";
import { TextLink } from "@/components/ui/link";
import { getRequestedEmail } from "@/lib/accounts/queries";
import { regions } from "@/lib/shared/regions";
import { brand, otherInstanceUrl, type Region } from "@/lib/brand";
import { env } from "@/lib/env";
import { publicPage } from "@/lib/web/public-page";
import { sendValidationAgainAction } from "../actions";
import { CheckMail } from "../check-mail";
import { CreateAccountForm } from "./create-account-form";

const all = Object.keys(regions) as Region[];

export default publicPage(async ({ query }) => {
  const { region, request, notice } = query;
  const address = await getRequestedEmail("sign_up", request);
  if (address) {
    return (
      <CheckMail about="Create Account" request={String(request)} notice={notice} again={sendValidationAgainAction}>
        <p>
          We sent an email to <b>{address}</b>. Open its link within {env().LINK_HOURS} hours to confirm your address and continue.
        </p>
      </CheckMail>
    );
  }
  const { name, operator, termsUrl, privacyUrl } = brand();
  const served = all.filter((key) => !otherInstanceUrl(key));
  const chosen = served.find((key) => key === region);
  const asks = served.length < all.length && !chosen;
  return (
    <AuthLayout product={name} title="Create Account" subtitle={asks ? "First choose where your data is stored." : undefined}>
      {asks ? (
        <RegionLinks />
      ) : (
        <CreateAccountForm served={served} region={chosen ?? brand().region} operator={operator} termsUrl={termsUrl} privacyUrl={privacyUrl} />
      )}
      <AuthFooter>
        Already have an account? <TextLink href="/sign-in">Sign in</TextLink>
      </AuthFooter>
    </AuthLayout>
  );
});

/** Regions of other instances are links to them, so that nobody fills in the form first. */
function RegionLinks() {
  return all.map((key) => {
    const path = `/create-account?region=${key}`;
    const elsewhere = otherInstanceUrl(key);
    return (
      <LinkButton key={key} href={elsewhere ? new URL(path, elsewhere).toString() : path}>
        {regions[key]}
      </LinkButton>
    );
  });
}
