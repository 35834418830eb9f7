import { AuthLayout } from "@/components/layout/auth-layout";
import { brand } from "@/lib/brand";
import type { Invitation } from "@/lib/invitations/queries";
import { passwordRequirements } from "@/lib/shared/password-rules";
import { CreateLoginForm } from "./create-login-form";
import { SignedInAs } from "./signed-in-as";

type CreateLoginProps = { invitation: Invitation; token: string; signedIn: { email: string } | null };

/** The second step of an accepted invitation, for an address without an account. */
export function CreateLogin({ invitation, token, signedIn }: CreateLoginProps) {
  const { name, operator, termsUrl, privacyUrl } = brand();
  const { organization, email, firstName, lastName, phone, passwordRules } = invitation;
  return (
    <AuthLayout product={name} title="Create your login" subtitle={`For ${organization}, as ${email}`}>
      {signedIn && <SignedInAs email={signedIn.email} token={token} />}
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
}
