import { getInvitation } from "@/lib/invitations/queries";
import { activeSession } from "@/lib/web/session";
import { Closed } from "../closed";
import { Offer } from "../offer";

export default async function InvitationPage({ params }: PageProps<"/invite/[token]">) {
  const { token } = await params;
  const shown = await getInvitation("invite", token);
  if (!shown.open) return <Closed obstacle={shown.problem} />;
  const who = await activeSession();
  return <Offer invitation={shown.invitation} purpose="invite" token={token} signed={who?.account ?? null} />;
}
