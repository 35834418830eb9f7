import { AuthLayout } from "@/components/layout/auth-layout";
import { brand } from "@/lib/brand";
import { showInvitation } from "@/lib/invitations/queries";
import { requirementsOf } from "@/lib/vocabulary/new-password";
import { signedIn } from "@/lib/web/session";
import { Closed } from "../../closed";
import { Offer } from "../../offer";
import { CreateLoginForm } from "./create-login-form";

export default async function CreateLoginPage({ params }: PageProps<"/invite/login/[token]">) {
  const { token } = await params;
  const shown = await showInvitation("create_login", token);
  if (!shown.open) return <Closed obstacle={shown.obstacle} />;
  const { invitation } = shown;
  if (invitation.accountId) {
    const who = await signedIn();
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
        requirements={requirementsOf([passwordRules])}
        operator={operator}
        termsUrl={termsUrl}
        privacyUrl={privacyUrl}
      />
    </AuthLayout>
  );
}
