import { Window } from "@/components/ui/window";
import { twoFactorOf, unusedCodes } from "@/lib/two-factor/queries";
import type { WindowsProps } from "../asked";
import { disableTwoFactorAction, renewRecoveryCodesAction } from "./actions";
import { ProveForm } from "./forms";
import { requirersAmong } from "./required";

const inWords = (left: number) => `You have ${left === 0 ? "no" : left} unused recovery ${left === 1 ? "code" : "codes"}.`;

export async function TwoFactorWindows({ who, asked }: WindowsProps) {
  const { id, email } = who.account;
  if (asked.window !== "two-factor-off" && asked.window !== "recovery-codes") return null;
  if ((await twoFactorOf(id)) !== "active") return null;
  if (asked.window === "recovery-codes") {
    return (
      <Window title="New recovery codes" closeHref="/account">
        <ProveForm email={email} action={renewRecoveryCodesAction} tone="primary" label="Make new codes">
          {inWords(await unusedCodes(id))} Ten new ones are made and shown once, and the ones you have stop working.
        </ProveForm>
      </Window>
    );
  }
  const requiredBy = requirersAmong(who);
  return (
    <Window title="Disable two-factor authentication" closeHref="/account">
      {requiredBy ? (
        <div className="form">
          <p>{requiredBy} two-factor authentication. It stays active as long as you are a member there.</p>
          <div className="form-end"><a className="button" href="/account">Back</a></div>
        </div>
      ) : (
        <ProveForm email={email} action={disableTwoFactorAction} tone="danger" label="Disable">
          The password alone then opens your account. The key in your app and all recovery codes stop working, and your other
          browsers are signed out.
        </ProveForm>
      )}
    </Window>
  );
}
