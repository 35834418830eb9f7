import { Window } from "@/components/ui/window";
import { pendingChange } from "@/lib/addresses/queries";
import { isFresh } from "@/lib/sessions/rules";
import type { WindowsProps } from "../asked";
import { ConfirmForm } from "../confirm/confirm-form";
import { AgainForm, CancelForm, ChangeEmailForm } from "./email-forms";

const closeHref = "/account";

export async function ProfileWindows({ who, asked }: WindowsProps) {
  const { email } = who.account;
  if (asked.window === "email") {
    return (
      <Window title="Change Email" closeHref={closeHref}>
        {isFresh(who.age) ? <ChangeEmailForm email={email} /> : <ConfirmForm email={email} next="/account?window=email" closeHref={closeHref} />}
      </Window>
    );
  }
  if (asked.window !== "email-again" && asked.window !== "email-cancel") return null;
  const pending = (await pendingChange(who.account))?.email;
  if (!pending) return null;
  return asked.window === "email-again" ? (
    <Window title="Send the link again" closeHref={closeHref}>
      <AgainForm pending={pending} />
    </Window>
  ) : (
    <Window title="Cancel the change of address" closeHref={closeHref}>
      <CancelForm email={email} pending={pending} />
    </Window>
  );
}
