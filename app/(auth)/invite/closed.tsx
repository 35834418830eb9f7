import { AuthLayout } from "@/components/layout/auth-layout";
import { LinkButton } from "@/components/ui/button";
import { TextLink } from "@/components/ui/link";
import { brand } from "@/lib/brand";
import { type InvitationProblem, invitationProblemText } from "@/lib/invitations/rules";
import { capturesEmails } from "@/lib/mail/queries";

/** Where a link leads that cannot be followed (any more): why, and the next step. */
export function Closed({ obstacle }: { obstacle: InvitationProblem }) {
  const { title, text } = invitationProblemText(obstacle);
  return (
    <AuthLayout product={brand().name} title={title}>
      <p>{text}</p>
      {obstacle === "used" && capturesEmails() && (
        <p>
          This trial sends no mail out: <TextLink href="/mailbox">open its mailbox</TextLink>
        </p>
      )}
      <LinkButton href="/sign-in">Sign in</LinkButton>
    </AuthLayout>
  );
}
