import { Window } from "@/components/ui/window";
import { listPasskeys, offerToAdd } from "@/lib/passkeys/queries";
import type { Present } from "@/lib/sessions/queries";
import { requestOrigin } from "@/lib/web/visitor";
import type { WindowsProps } from "../asked";
import { FreshWindow } from "../confirm/confirm";
import { deviceOf } from "../sessions/words";
import { AddPasskeyForm, RemovePasskeyForm, RenamePasskeyForm } from "./passkey-forms";

const closeHref = "/account#passkeys";

export async function PasskeyWindows({ who, asked: { window, passkey: wanted } }: WindowsProps) {
  if (window === "passkey") return <AddWindow who={who} />;
  if (window !== "rename-passkey" && window !== "remove-passkey") return null;
  const passkey = (await listPasskeys(who.account.id)).find(({ id }) => id === wanted);
  if (!passkey) return null;
  const { id: passkeyId, name } = passkey;
  const same = { passkeyId, name, closeHref };
  return window === "rename-passkey" ? (
    <Window title={`Rename ${name}`} closeHref={closeHref}>
      <RenamePasskeyForm {...same} />
    </Window>
  ) : (
    <FreshWindow who={who} title={`Remove ${name}`} next={`/account?window=remove-passkey&passkey=${passkeyId}`} closeHref={closeHref}>
      <RemovePasskeyForm {...same} />
    </FreshWindow>
  );
}

async function AddWindow({ who }: { who: Present }) {
  const [offer, { browser }] = [await offerToAdd(who), await requestOrigin()];
  return (
    <FreshWindow who={who} title="Add a passkey" next="/account?window=passkey" closeHref={closeHref}>
      <AddPasskeyForm offer={offer} name={deviceOf({ browser })} closeHref={closeHref} />
    </FreshWindow>
  );
}
