import { SignOutForm } from "@/app/(portal)/sign-out-form";
import { AuthLayout } from "@/components/layout/auth-layout";
import { Time } from "@/components/ui/time";
import { brand } from "@/lib/brand";
import { getPasswordExpiry } from "@/lib/password-expiry/queries";
import { getProfile } from "@/lib/profile/queries";
import { orgsWithUnmetRules } from "@/lib/sessions/rules";
import { pendingStepPage } from "@/lib/web/account-page";
import { timeFormat } from "@/lib/web/page";
import { ChangeForm } from "./change-form";

const lists = new Intl.ListFormat("en-GB", { type: "conjunction" });

export default pendingStepPage("password", async ({ session, next }) => {
  const [expiry, { requirements }, times] = await Promise.all([getPasswordExpiry(session), getProfile(session.account.id), timeFormat(session)]);
  const requirers = orgsWithUnmetRules(session).map(({ orgName }) => orgName);
  return (
    <AuthLayout product={brand().name} title="Change your password" subtitle={`Signed in as ${session.account.email}`}>
      {requirers.length > 0 && <p>{lists.format(requirers)} changed the rules for passwords, and yours doesn’t meet them. Choose a new one to continue.</p>}
      {expiry && requirers.length === 0 && (
        <p>
          {expiry.by} requires {expiry.whom} to choose a new password every {expiry.every}. Yours expired on{" "}
          <Time at={expiry.endsAt} {...times} shown="date" />. Change it to continue. If you don’t, the account is suspended on{" "}
          <Time at={expiry.suspendedAt} {...times} shown="date" />.
        </p>
      )}
      <ChangeForm
        email={session.account.email}
        next={next ?? ""}
        requirements={requirements}
        alone={!session.account.twoFactor}
      />
      <SignOutForm />
    </AuthLayout>
  );
});
