import { AuthLayout } from "@/components/layout/auth-layout";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { formatDateTime } from "@/lib/shared/format-date-time";
import { accessLabel } from "@/lib/administrators/rules";
import { brand } from "@/lib/brand";
import type { Invitation } from "@/lib/invitations/queries";
import { roles } from "@/lib/shared/roles";
import { AnswerForm } from "./answer-form";
import { SignedInAs } from "./signed-in-as";

type InvitationDetailsProps = { invitation: Invitation; token: string; signedIn: { id: string; email: string } | null };

/** An invitation with its answers; only the owner of the invited account may answer when there is one. */
export function InvitationDetails({ invitation, token, signedIn }: InvitationDetailsProps) {
  const { organization, inviter, email, role, accountId, expiresAt, status, accessEndsAt } = invitation;
  const isOther = signedIn !== null && signedIn.id !== accountId;
  const mustSwitch = isOther && accountId !== null;
  return (
    <AuthLayout product={brand().name} title={`Invitation to ${organization}`} subtitle={`${inviter} invites you to help administer it.`}>
      <DescriptionList>
        <Description term="For">{email}</Description>
        <Description term="Role">
          {roles[role].label}
          <small>{roles[role].description}</small>
        </Description>
        <Description term="Site Access">{accessLabel(invitation)}</Description>
        {accessEndsAt && <Description term="Access ends">{`${formatDateTime(accessEndsAt)} UTC`}</Description>}
        {expiresAt && status === "invited" && <Description term="Valid until">{`${formatDateTime(expiresAt)} UTC`}</Description>}
      </DescriptionList>
      {accountId === null && <p>After you accept, you create your login.</p>}
      {accountId !== null && !signedIn && <p>This address already has an account. You’ll sign in before you accept.</p>}
      {!mustSwitch && <AnswerForm token={token} />}
      {signedIn && (
        <SignedInAs email={signedIn.email} token={token} primary={mustSwitch}>
          {mustSwitch && `To answer, sign in as ${email}.`}
          {isOther && accountId === null && `The new login is for ${email} and replaces this sign-in.`}
        </SignedInAs>
      )}
    </AuthLayout>
  );
}
