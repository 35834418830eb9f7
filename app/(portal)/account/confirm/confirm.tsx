import type { ReactNode } from "react";
import { Dialog } from "@/components/ui/dialog";
import { reauthenticationOptions } from "@/lib/passkeys/queries";
import type { AuthSession } from "@/lib/sessions/queries";
import { hasRecentAuth } from "@/lib/sessions/rules";
import { ConfirmForm } from "./confirm-form";

type ConfirmProps = { session: AuthSession; next: string; closeHref: string };

/** Asks for reauthentication with the password or a passkey. */
export async function Confirm({ session, next, closeHref }: ConfirmProps) {
  return <ConfirmForm email={session.account.email} next={next} closeHref={closeHref} options={await reauthenticationOptions(session)} />;
}

type RecentAuthDialogProps = ConfirmProps & { title: string; children: ReactNode };

/** A dialog that asks for reauthentication first unless it was done within the last ten minutes. */
export function RecentAuthDialog({ session, next, closeHref, title, children }: RecentAuthDialogProps) {
  const fresh = hasRecentAuth(session.age);
  // The key remounts the dialog after reauthentication, so that the focus moves into it.
  return (
    <Dialog key={String(fresh)} title={title} closeHref={closeHref}>
      {fresh ? children : <Confirm session={session} next={next} closeHref={closeHref} />}
    </Dialog>
  );
}
