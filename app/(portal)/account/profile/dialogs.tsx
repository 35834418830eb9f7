import { Dialog } from "@/components/ui/dialog";
import { getPendingEmailChange } from "@/lib/email-changes/queries";
import type { DialogsProps } from "../search-params";
import { RecentAuthDialog } from "../confirm/confirm";
import { AgainForm, CancelForm, ChangeEmailForm } from "./email-forms";

const closeHref = "/account";

export async function ProfileDialogs({ session, query }: DialogsProps) {
  const { email } = session.account;
  if (query.dialog === "email") {
    return (
      <RecentAuthDialog session={session} title="Change Email" next="/account?dialog=email" closeHref={closeHref}>
        <ChangeEmailForm email={email} />
      </RecentAuthDialog>
    );
  }
  if (query.dialog !== "email-again" && query.dialog !== "email-cancel") return null;
  const pending = (await getPendingEmailChange(session.account))?.email;
  if (!pending) return null;
  return query.dialog === "email-again" ? (
    <Dialog title="Send the link again" closeHref={closeHref}>
      <AgainForm pending={pending} />
    </Dialog>
  ) : (
    <Dialog title="Discard the new address?" closeHref={closeHref}>
      <CancelForm email={email} pending={pending} />
    </Dialog>
  );
}
