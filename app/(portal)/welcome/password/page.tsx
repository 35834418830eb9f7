import { signOut } from "@/app/(portal)/actions";
import { AuthLayout } from "@/components/layout/auth-layout";
import { Time } from "@/components/ui/time";
import { brand } from "@/lib/brand";
import { getPasswordExpiry } from "@/lib/password-expiry/queries";
import { getProfile } from "@/lib/profile/queries";
import { requireDue, timesFor } from "@/lib/web/page";
import { safeRedirectPath } from "@/lib/web/request-metadata";
import { ChangeForm } from "./change-form";

export default async function OldPasswordPage({ searchParams }: PageProps<"/welcome/password">) {
  const { next } = await searchParams;
  const who = await requireDue("password", next);
  const [expiry, { requirements }, times] = await Promise.all([getPasswordExpiry(who), getProfile(who.account.id), timesFor(who)]);
  return (
    <AuthLayout product={brand().name} title="Change your password" subtitle={`Signed in as ${who.account.email}`}>
      {expiry && (
        <p>
          {expiry.by} asks {expiry.whom} for a new password every {expiry.every}. Yours ended on{" "}
          <Time at={expiry.endsAt} {...times} shown="date" />. Nothing else opens until you change it. Unchanged, the
          account is suspended on <Time at={expiry.suspendedAt} {...times} shown="date" />.
        </p>
      )}
      <ChangeForm
        email={who.account.email}
        next={safeRedirectPath(next) ?? ""}
        requirements={requirements}
        alone={!who.account.twoFactor}
      />
      <form className="below" action={signOut}>
        <button className="link">Sign out</button>
      </form>
    </AuthLayout>
  );
}
