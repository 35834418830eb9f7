import { Dialog } from "@/components/ui/dialog";
import { listPasskeys, registrationOptions } from "@/lib/passkeys/queries";
import type { AuthSession } from "@/lib/sessions/queries";
import { requestMetadata } from "@/lib/web/request-metadata";
import type { DialogsProps } from "../search-params";
import { RecentAuthDialog } from "../confirm/confirm";
import { deviceLabel } from "../sessions/labels";
import { AddPasskeyForm, RemovePasskeyForm, RenamePasskeyForm } from "./passkey-forms";

const closeHref = "/account#passkeys";

export async function PasskeyDialogs({ session, query: { dialog, passkey: wanted } }: DialogsProps) {
  if (dialog === "passkey") return <AddDialog session={session} />;
  if (dialog !== "rename-passkey" && dialog !== "remove-passkey") return null;
  const passkey = (await listPasskeys(session.account.id)).find(({ id }) => id === wanted);
  if (!passkey) return null;
  const { id: passkeyId, name } = passkey;
  const same = { passkeyId, name, closeHref };
  return dialog === "rename-passkey" ? (
    <Dialog title={`Rename ${name}`} closeHref={closeHref}>
      <RenamePasskeyForm {...same} />
    </Dialog>
  ) : (
    <RecentAuthDialog session={session} title={`Remove ${name}?`} next={`/account?dialog=remove-passkey&passkey=${passkeyId}`} closeHref={closeHref}>
      <RemovePasskeyForm {...same} />
    </RecentAuthDialog>
  );
}

async function AddDialog({ session }: { session: AuthSession }) {
  const [options, { userAgent }] = [await registrationOptions(session), await requestMetadata()];
  return (
    <RecentAuthDialog session={session} title="Add a passkey" next="/account?dialog=passkey" closeHref={closeHref}>
      <AddPasskeyForm options={options} name={deviceLabel({ userAgent })} closeHref={closeHref} />
    </RecentAuthDialog>
  );
}
