import type { ReactNode } from "react";
import { Window } from "@/components/ui/window";
import { listPasskeys, offerToAdd } from "@/lib/passkeys/queries";
import { isFresh } from "@/lib/sessions/rules";
import { requestOrigin } from "@/lib/web/visitor";
import type { WindowsProps } from "../asked";
import { ConfirmForm } from "../confirm/confirm-form";
import { deviceOf } from "../sessions/words";
import { AddPasskeyForm, RemovePasskeyForm, RenamePasskeyForm } from "./passkey-forms";

const closeHref = "/account#passkeys";

export async function PasskeyWindows({ who, asked: { window, passkey: wanted } }: WindowsProps) {
  const asksFirst = (form: ReactNode, next: string) =>
    isFresh(who.age) ? form : <ConfirmForm email={who.account.email} next={next} closeHref={closeHref} />;

  if (window === "passkey") {
    const [offer, { browser }] = [await offerToAdd(who), await requestOrigin()];
    const form = <AddPasskeyForm offer={offer} name={deviceOf({ browser })} closeHref={closeHref} />;
    return (
      <Window title="Add a passkey" closeHref={closeHref}>
        {asksFirst(form, "/account?window=passkey")}
      </Window>
    );
  }
  if (window !== "rename-passkey" && window !== "remove-passkey") return null;
  const passkey = (await listPasskeys(who.account.id)).find(({ id }) => id === wanted);
  if (!passkey) return null;
  const { id: passkeyId, name } = passkey;
  const same = { passkeyId, name, closeHref };
  if (window === "rename-passkey") {
    return (
      <Window title={`Rename ${name}`} closeHref={closeHref}>
        <RenamePasskeyForm {...same} />
      </Window>
    );
  }
  return (
    <Window title={`Remove ${name}`} closeHref={closeHref}>
      {asksFirst(<RemovePasskeyForm {...same} />, `/account?window=remove-passkey&passkey=${passkeyId}`)}
    </Window>
  );
}
