import type { ReactNode } from "react";
import { Dialog } from "@/components/ui/dialog";
import { reauthenticationOptions } from "@/lib/passkeys/queries";
import type { AuthSession } from "@/lib/sessions/queries";
import { hasRecentAuth } from "@/lib/sessions/rules";
import { ConfirmForm } from "./confirm-form";

type ConfirmProps = { who: AuthSession; next: string; closeHref: string };

/** Asks for reauthentication with the password or a passkey. */
export async function Confirm({ who, next, closeHref }: ConfirmProps) {
  return <ConfirmForm email={who.account.email} next={next} closeHref={closeHref} offer={await reauthenticationOptions(who)} />;
}

type RecentAuthDialogProps = ConfirmProps & { title: string; children: ReactNode };

/** A dialog that asks for reauthentication first unless it was done within the last ten minutes. */
export function RecentAuthDialog({ who, next, closeHref, title, children }: RecentAuthDialogProps) {
  const fresh = hasRecentAuth(who.age);
  // The key remounts the dialog after reauthentication, so that the focus moves into it.
  return (
    <Dialog key={String(fresh)} title={title} closeHref={closeHref}>
      {fresh ? children : <Confirm who={who} next={next} closeHref={closeHref} />}
    </Dialog>
  );
}
