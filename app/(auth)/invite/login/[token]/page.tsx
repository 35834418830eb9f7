import { AuthLayout } from "@/components/layout/auth-layout";
import { brand } from "@/lib/brand";
import { getInvitation } from "@/lib/invitations/queries";
import { passwordRequirements } from "@/lib/shared/password-rules";
import { activeSession } from "@/lib/web/session";
import { publicPage } from "@/lib/web/public-page";
import { InvitationClosed } from "../../invitation-closed";
import { Offer } from "../../offer";
import { CreateLoginForm } from "./create-login-form";

export default publicPage(async ({ token }) => {
  const shown = await getInvitation("create_login", token);
  if (!shown.open) return <InvitationClosed obstacle={shown.problem} />;
  const { invitation } = shown;
  if (invitation.accountId) {
    const who = await activeSession();
    return <Offer invitation={invitation} purpose="create_login" token={token} signed={who?.account ?? null} />;
  }
  const { name, operator, termsUrl, privacyUrl } = brand();
  const { organization, email, firstName, lastName, phone, passwordRules } = invitation;
  return (
    <AuthLayout product={name} title="Create your login" subtitle={`For ${organization}, as ${email}`}>
      <CreateLoginForm
        token={token}
        email={email}
        defaults={{ firstName, lastName, phone }}
        requirements={passwordRequirements([passwordRules])}
        operator={operator}
        termsUrl={termsUrl}
        privacyUrl={privacyUrl}
      />
    </AuthLayout>
  );
});
