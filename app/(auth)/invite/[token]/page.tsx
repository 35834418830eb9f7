import { showInvitation } from "@/lib/invitations/queries";
import { signedIn } from "@/lib/web/session";
import { Closed } from "../closed";
import { Offer } from "../offer";

export default async function InvitationPage({ params }: PageProps<"/invite/[token]">) {
  const { token } = await params;
  const shown = await showInvitation("invite", token);
  if (!shown.open) return <Closed obstacle={shown.obstacle} />;
  const who = await signedIn();
  return <Offer invitation={shown.invitation} purpose="invite" token={token} signed={who?.account ?? null} />;
}
