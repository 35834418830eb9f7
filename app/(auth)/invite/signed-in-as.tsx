import type { ReactNode } from "react";
import { SwitchAccountForm } from "./answer-form";

/** Says who is signed in in this browser, with the way to be somebody else. */
export function SignedInAs({ email, token, primary, children }: { email: string; token: string; primary?: boolean; children?: ReactNode }) {
  return (
    <div className="grid gap-2">
      <p>
        You are signed in as <b>{email}</b>. {children}
      </p>
      <SwitchAccountForm token={token} primary={primary} />
    </div>
  );
}
