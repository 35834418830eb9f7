import { getInvitation } from "@/lib/invitations/queries";
import { activeSession } from "@/lib/web/session";
import { publicPage } from "@/lib/web/public-page";
import { CreateLogin } from "../create-login";
import { InvitationClosed } from "../invitation-closed";
import { InvitationDetails } from "../invitation-details";

export default publicPage(async ({ token }) => {
  const shown = await getInvitation(token);
  if (!shown.open) return <InvitationClosed obstacle={shown.problem} />;
  const { invitation } = shown;
  const signedIn = (await activeSession())?.account ?? null;
  const createsLogin = invitation.purpose === "create_login" && invitation.accountId === null;
  return createsLogin ? (
    <CreateLogin invitation={invitation} token={token} signedIn={signedIn} />
  ) : (
    <InvitationDetails invitation={invitation} token={token} signedIn={signedIn} />
  );
});
