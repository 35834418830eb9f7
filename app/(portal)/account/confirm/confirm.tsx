import type { ReactNode } from "react";
import { Dialog } from "@/components/ui/dialog";
import { reauthenticationOptions } from "@/lib/passkeys/queries";
import type { AuthSession } from "@/lib/sessions/queries";
import { hasRecentAuth } from "@/lib/sessions/rules";
import { ConfirmForm } from "./confirm-form";

type ConfirmProps = { who: AuthSession; next: string; closeHref: string };

/** Asks who is signed in to prove it once more, by any of the ways their account has. */
export async function Confirm({ who, next, closeHref }: ConfirmProps) {
  return <ConfirmForm email={who.account.email} next={next} closeHref={closeHref} offer={await reauthenticationOptions(who)} />;
}

type RecentAuthDialogProps = ConfirmProps & { title: string; children: ReactNode };

/** A dialog for what is sensitive: it asks for a proof first when the last one is ten minutes old. */
export function RecentAuthDialog({ who, next, closeHref, title, children }: RecentAuthDialogProps) {
  const fresh = hasRecentAuth(who.age);
  // What follows the proof is a dialog of its own, so that the focus goes into it.
  return (
    <Dialog key={String(fresh)} title={title} closeHref={closeHref}>
      {fresh ? children : <Confirm who={who} next={next} closeHref={closeHref} />}
    </Dialog>
  );
}
