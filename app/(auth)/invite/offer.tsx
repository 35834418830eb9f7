import { signOutAction } from "@/app/(portal)/actions";
import { ButtonForm } from "@/components/form/button-form";
import { AuthLayout } from "@/components/layout/auth-layout";
import { Button } from "@/components/ui/button";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { formatDateTime } from "@/lib/shared/format-date-time";
import { accessLabel } from "@/lib/administrators/rules";
import { brand } from "@/lib/brand";
import type { Invitation, InvitationPurpose } from "@/lib/invitations/queries";
import { roles } from "@/lib/shared/roles";
import { AcceptForm } from "./accept-form";

type OfferProps = { invitation: Invitation; purpose: InvitationPurpose; token: string; signed: { id: string; email: string } | null };

/** An invitation with its Accept button; only the owner of the invited account may accept when there is one. */
export function Offer({ invitation, purpose, token, signed }: OfferProps) {
  const { organization, inviter, email, role, accountId, expiresAt, status } = invitation;
  const foreign = accountId !== null && signed !== null && signed.id !== accountId;
  return (
    <AuthLayout product={brand().name} title={`Invitation to ${organization}`} subtitle={`${inviter} invites you to help administer it.`}>
      <DescriptionList>
        <Description term="For">{email}</Description>
        <Description term="Role">
          {roles[role].label}
          <small>{roles[role].description}</small>
        </Description>
        <Description term="Site Access">{accessLabel(invitation)}</Description>
        {expiresAt && status !== "accepted" && <Description term="Can be accepted until">{`${formatDateTime(expiresAt)} UTC`}</Description>}
      </DescriptionList>
      {foreign ? (
        <ButtonForm action={signOutAction}>
          <p>
            You are signed in as {signed.email}. Sign out, then open this page again and sign in as {email}.
          </p>
          <Button variant="primary">Sign out</Button>
        </ButtonForm>
      ) : (
        <>
          {accountId !== null && signed === null && <p>This address has an account. You sign in before you accept.</p>}
          {accountId === null && <p>After you accept, a mail to this address leads you to your login.</p>}
          <AcceptForm token={token} purpose={purpose} />
        </>
      )}
    </AuthLayout>
  );
}
