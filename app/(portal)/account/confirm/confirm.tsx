import type { ReactNode } from "react";
import { Window } from "@/components/ui/window";
import { offerToConfirm } from "@/lib/passkeys/queries";
import type { Present } from "@/lib/sessions/queries";
import { isFresh } from "@/lib/sessions/rules";
import { ConfirmForm } from "./confirm-form";

type ConfirmProps = { who: Present; next: string; closeHref: string };

/** Asks who is signed in to prove it once more, by any of the ways their account has (SES-11). */
export async function Confirm({ who, next, closeHref }: ConfirmProps) {
  return <ConfirmForm email={who.account.email} next={next} closeHref={closeHref} offer={await offerToConfirm(who)} />;
}

type FreshWindowProps = ConfirmProps & { title: string; children: ReactNode };

/** A window for what is sensitive: it asks for a proof first when the last one is ten minutes old (SES-11). */
export function FreshWindow({ who, next, closeHref, title, children }: FreshWindowProps) {
  const fresh = isFresh(who.age);
  // What follows the proof is a window of its own, so that the focus goes into it.
  return (
    <Window key={String(fresh)} title={title} closeHref={closeHref}>
      {fresh ? children : <Confirm who={who} next={next} closeHref={closeHref} />}
    </Window>
  );
}
