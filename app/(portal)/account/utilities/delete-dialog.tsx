import { buttonRow, LinkButton } from "@/components/ui/button";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { Dialog } from "@/components/ui/dialog";
import { formStack } from "@/components/ui/form-class";
import { TextLink } from "@/components/ui/link";
import { Row, Rows } from "@/components/ui/rows";
import { getDeletionImpact, type SoleSuperUserOrg } from "@/lib/account-deletion/queries";
import { isDeletedWithAccount } from "@/lib/account-deletion/rules";
import { countText } from "@/lib/shared/count-text";
import { listOwnSessions, type AuthSession } from "@/lib/sessions/queries";
import { RecentAuthDialog } from "../confirm/confirm";
import { DeleteForm } from "./delete-form";

type DeleteDialogProps = { session: AuthSession; closeHref: string };

/** Confirms deleting the account: what is deleted, what is kept, and what prevents it. */
export async function DeleteDialog({ session, closeHref }: DeleteDialogProps) {
  const { soleSuperUserOrgs, ...factors } = await getDeletionImpact(session.account.id);
  const same = { title: "Delete Account", closeHref };
  const obstacles = soleSuperUserOrgs.filter((organization) => !isDeletedWithAccount(organization));
  return obstacles.length > 0 ? (
    <Dialog {...same}>
      <Obstacle organizations={obstacles} closeHref={closeHref} />
    </Dialog>
  ) : (
    <RecentAuthDialog session={session} next="/account?dialog=delete" {...same}>
      <Consequences session={session} organizations={soleSuperUserOrgs} {...factors} />
    </RecentAuthDialog>
  );
}

function Obstacle({ organizations, closeHref }: { organizations: readonly SoleSuperUserOrg[]; closeHref: string }) {
  const alone = organizations.length === 1;
  return (
    <div className={formStack}>
      <p>
        You are the only Super User of {alone ? "this organization" : "these organizations"}. Make another administrator{" "}
        {alone ? "there" : "of each"} a Super User first, then delete your account.
      </p>
      <Rows label="Organizations">
        {organizations.map(({ id, name }) => (
          <Row key={id} title={<TextLink href={`/orgs/${id}/administrators`}>{name}: Administrators</TextLink>} />
        ))}
      </Rows>
      <div className={buttonRow}>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </div>
  );
}

type ConsequencesProps = { session: AuthSession; organizations: readonly SoleSuperUserOrg[]; passkeys: number; linkedAccounts: number };

const contentsOf = ({ sites, invitations }: SoleSuperUserOrg) =>
  [countText(sites, "site"), ...(invitations > 0 ? [countText(invitations, "pending invitation")] : []), "its groups and its audit log"].join(", ");

async function Consequences({ session, organizations, passkeys, linkedAccounts }: ConsequencesProps) {
  const sessions = (await listOwnSessions(session)).length;
  return (
    <div className={formStack}>
      <p>The account {session.account.email} is deleted immediately, with:</p>
      <DescriptionList>
        <Description term="Access">
          {countText(session.memberships.length, "organization")}
          <small>Pending invitations you sent are cancelled.</small>
        </Description>
        {organizations.map((organization) => (
          <Description key={organization.id} term="Organization">
            {organization.name} is deleted, because no one else is in it
            <small>{contentsOf(organization)}</small>
          </Description>
        ))}
        <Description term="Signed in">{sessions > 1 ? `${sessions} browsers, including this one` : "This browser"}</Description>
        <Description term="Ways to sign in">
          The password{passkeys > 0 && `, ${countText(passkeys, "passkey")}`}
          {linkedAccounts > 0 && ", the linked Google account"}
        </Description>
        <Description term="Also">Preferences, notifications and account history</Description>
      </DescriptionList>
      {session.memberships.length > organizations.length && (
        <p>
          Entries about your work stay in the audit logs of your organizations for 30 days. Then they are deleted, including your name and
          address.
        </p>
      )}
      <DeleteForm organizations={organizations} />
    </div>
  );
}
