import { getInvitation } from "@/lib/invitations/queries";
import { activeSession } from "@/lib/web/session";
import { publicPage } from "@/lib/web/public-page";
import { InvitationClosed } from "../invitation-closed";
import { Offer } from "../offer";

export default publicPage(async ({ token }) => {
  const shown = await getInvitation("invite", token);
  if (!shown.open) return <InvitationClosed obstacle={shown.problem} />;
  const who = await activeSession();
  return <Offer invitation={shown.invitation} purpose="invite" token={token} signed={who?.account ?? null} />;
});
