import { Window } from "@/components/ui/window";
import { pendingChange } from "@/lib/addresses/queries";
import type { WindowsProps } from "../asked";
import { FreshWindow } from "../confirm/confirm";
import { AgainForm, CancelForm, ChangeEmailForm } from "./email-forms";

const closeHref = "/account";

export async function ProfileWindows({ who, asked }: WindowsProps) {
  const { email } = who.account;
  if (asked.window === "email") {
    return (
      <FreshWindow who={who} title="Change Email" next="/account?window=email" closeHref={closeHref}>
        <ChangeEmailForm email={email} />
      </FreshWindow>
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
