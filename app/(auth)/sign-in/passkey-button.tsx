"use client";

import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import { HiddenField } from "@/components/form";
import { AuthFooter } from "@/components/layout/auth-layout";
import { PasskeyForm } from "@/components/passkey/passkey-form";
import { enterByPasskeyAction } from "../actions";

type PasskeyButtonProps = {
  options: PublicKeyCredentialRequestOptionsJSON;
  label: string;
  next?: string;
  org?: string;
  autofill?: boolean;
};

const instead = <AuthFooter>This browser doesn’t support passkeys. Sign in with your password.</AuthFooter>;

/** Signs in with a passkey, alone or as the second factor of a sign-in that waits for one. */
export function PasskeyButton({ next, org, ...rest }: PasskeyButtonProps) {
  return (
    <>
      <div className="script-off">
        <AuthFooter>Signing in with a passkey needs JavaScript.</AuthFooter>
      </div>
      <PasskeyForm kind="enter" action={enterByPasskeyAction} instead={instead} {...rest}>
        {next && <HiddenField name="next" value={next} />}
        {org && <HiddenField name="org" value={org} />}
      </PasskeyForm>
    </>
  );
}
