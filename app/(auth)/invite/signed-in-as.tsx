import type { ReactNode } from "react";
import { SwitchAccountForm } from "./answer-form";

/** Shows which account is signed in, with a button to switch it. */
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
