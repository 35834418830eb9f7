import { buttonRow, LinkButton } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { formStack } from "@/components/ui/form-class";
import { getTwoFactorState, countUnusedRecoveryCodes } from "@/lib/two-factor/queries";
import type { DialogsProps } from "../search-params";
import { disableTwoFactorAction, renewRecoveryCodesAction } from "./actions";
import { PasswordAndCodeForm } from "./forms";
import { requirersAmong } from "./required";

const inWords = (left: number) => `You have ${left === 0 ? "no" : left} unused recovery ${left === 1 ? "code" : "codes"}.`;

export async function TwoFactorDialogs({ session, query }: DialogsProps) {
  const { id, email } = session.account;
  if (query.dialog !== "two-factor-off" && query.dialog !== "recovery-codes") return null;
  if ((await getTwoFactorState(id)) !== "active") return null;
  if (query.dialog === "recovery-codes") {
    return (
      <Dialog title="New recovery codes" closeHref="/account">
        <PasswordAndCodeForm email={email} action={renewRecoveryCodesAction} variant="primary" label="Create new codes">
          {inWords(await countUnusedRecoveryCodes(id))} You get ten new ones, shown only once. The old ones stop working.
        </PasswordAndCodeForm>
      </Dialog>
    );
  }
  const requiredBy = requirersAmong(session);
  return (
    <Dialog title="Disable two-factor authentication?" closeHref="/account">
      {requiredBy ? (
        <div className={formStack}>
          <p>{requiredBy} two-factor authentication. You can’t disable it while you are a member there.</p>
          <div className={buttonRow}><LinkButton href="/account">Cancel</LinkButton></div>
        </div>
      ) : (
        <PasswordAndCodeForm email={email} action={disableTwoFactorAction} variant="danger" label="Disable">
          You then sign in with only your password. The key in your app and all recovery codes stop working, and your
          other browsers are signed out.
        </PasswordAndCodeForm>
      )}
    </Dialog>
  );
}
