import { Window } from "@/components/ui/window";
import { linkedGoogle } from "@/lib/identities/queries";
import { isGoogleOn } from "@/lib/integrations/google";
import { isFresh } from "@/lib/sessions/rules";
import type { WindowsProps } from "../asked";
import { ConfirmForm } from "../confirm/confirm-form";
import { LinkForm, UnlinkForm } from "./google-forms";

const closeHref = "/account#google";

export async function GoogleWindows({ who: { account, age }, asked: { window } }: WindowsProps) {
  if (window !== "google") return null;
  const linked = await linkedGoogle(account.id);
  if (!linked && !isGoogleOn()) return null;
  const form = linked ? <UnlinkForm email={linked.email} closeHref={closeHref} /> : <LinkForm closeHref={closeHref} />;
  return (
    <Window title={linked ? "Disable Sign in with Google" : "Enable Sign in with Google"} closeHref={closeHref}>
      {isFresh(age) ? form : <ConfirmForm email={account.email} next="/account?window=google" closeHref={closeHref} />}
    </Window>
  );
}
