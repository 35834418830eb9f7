import { linkedGoogle } from "@/lib/identities/queries";
import { isGoogleOn } from "@/lib/integrations/google";
import type { WindowsProps } from "../asked";
import { FreshWindow } from "../confirm/confirm";
import { LinkForm, UnlinkForm } from "./google-forms";

const closeHref = "/account#google";

export async function GoogleWindows({ who, asked: { window } }: WindowsProps) {
  if (window !== "google") return null;
  const linked = await linkedGoogle(who.account.id);
  if (!linked && !isGoogleOn()) return null;
  const title = linked ? "Disable Sign in with Google" : "Enable Sign in with Google";
  return (
    <FreshWindow who={who} title={title} next="/account?window=google" closeHref={closeHref}>
      {linked ? <UnlinkForm email={linked.email} closeHref={closeHref} /> : <LinkForm closeHref={closeHref} />}
    </FreshWindow>
  );
}
