import { AuthLayout } from "@/components/layout/auth-layout";
import { LinkButton } from "@/components/ui/button";
import { TextLink } from "@/components/ui/link";
import { brand } from "@/lib/brand";
import { type InvitationProblem, invitationProblemText } from "@/lib/invitations/rules";
import { capturesEmails } from "@/lib/mail/queries";

/** The page of an invitation that cannot be accepted, with the reason and the next step. */
export function InvitationClosed({ obstacle }: { obstacle: InvitationProblem }) {
  const { title, text } = invitationProblemText(obstacle);
  return (
    <AuthLayout product={brand().name} title={title}>
      <p>{text}</p>
      {obstacle === "used" && capturesEmails() && (
        <p>
          This trial sends no email: <TextLink href="/mailbox">open its mailbox</TextLink>
        </p>
      )}
      <LinkButton href="/sign-in">Sign in</LinkButton>
    </AuthLayout>
  );
}
