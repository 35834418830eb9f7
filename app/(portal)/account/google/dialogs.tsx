import { getGoogleIdentity } from "@/lib/identities/queries";
import { isGoogleEnabled } from "@/lib/integrations/google";
import type { DialogsProps } from "../search-params";
import { RecentAuthDialog } from "../confirm/confirm";
import { LinkForm, UnlinkForm } from "./google-forms";

const closeHref = "/account#google";

export async function GoogleDialogs({ session, query: { dialog } }: DialogsProps) {
  if (dialog !== "google") return null;
  const linked = await getGoogleIdentity(session.account.id);
  if (!linked && !isGoogleEnabled()) return null;
  const title = linked ? "Disable Sign in with Google?" : "Enable Sign in with Google";
  return (
    <RecentAuthDialog session={session} title={title} next="/account?dialog=google" closeHref={closeHref}>
      {linked ? <UnlinkForm email={linked.email} closeHref={closeHref} /> : <LinkForm closeHref={closeHref} />}
    </RecentAuthDialog>
  );
}
