"use client";

import {
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  WebAuthnAbortService,
} from "@simplewebauthn/browser";
import { useEffect, useRef } from "react";
import { z } from "zod";
import { ActionForm, FormError, HiddenField } from "@/components/form";
import { CeremonyButton, useCeremony, useSupport } from "@/components/passkey/ceremony-button";
import { isOld } from "@/components/passkey/use-offer";
import { enterByPasskeyAction } from "../actions";

type PasskeyButtonProps = {
  offer: PublicKeyCredentialRequestOptionsJSON;
  label: string;
  next?: string;
  org?: string;
  /** Whether passkeys are also offered where the address is typed. */
  autofill?: boolean;
};

const Nothing = z.object({});

/** Signs in with a passkey, alone or as the second factor of a sign-in that waits for one. */
export function PasskeyButton({ next, org, ...rest }: PasskeyButtonProps) {
  return (
    <>
      <p className="below script-off">Signing in with a passkey needs a browser that runs scripts.</p>
      <div className="script-on">
        <ActionForm schema={Nothing} action={enterByPasskeyAction}>
          <FormError />
          {next && <HiddenField name="next" value={next} />}
          {org && <HiddenField name="org" value={org} />}
          <Ceremony {...rest} />
        </ActionForm>
      </div>
    </>
  );
}

const ask = (offer: PublicKeyCredentialRequestOptionsJSON) => startAuthentication({ optionsJSON: offer });

function Ceremony({ offer, label, autofill = false }: Omit<PasskeyButtonProps, "next" | "org">) {
  const ceremony = useCeremony({ kind: "enter", offer, perform: ask });
  useAutofill(autofill, offer, ceremony);
  if (!useSupport()) return <p className="below">This browser does not know passkeys. Sign in with your password.</p>;
  return <CeremonyButton ceremony={ceremony}>{label}</CeremonyButton>;
}

type Ceremony = ReturnType<typeof useCeremony<PublicKeyCredentialRequestOptionsJSON>>;

/** Lets the browser offer passkeys among the addresses it knows; whoever picks none is told nothing. */
function useAutofill(on: boolean, offer: PublicKeyCredentialRequestOptionsJSON, { busy, renew, send }: Ceremony) {
  const latest = useRef(send);
  useEffect(() => {
    latest.current = send;
  });

  useEffect(() => {
    if (!on || busy || isOld(offer)) return;
    let over = false;
    const offered = async () => {
      if (!(await browserSupportsWebAuthnAutofill()) || over) return;
      const answer = await startAuthentication({ optionsJSON: offer, useBrowserAutofill: true });
      if (!over) latest.current(answer, offer);
    };
    offered().catch(() => {});
    return () => {
      over = true;
    };
  }, [on, busy, offer]);

  useEffect(() => {
    if (!on) return;
    document.addEventListener("focusin", renew);
    document.addEventListener("visibilitychange", renew);
    return () => {
      document.removeEventListener("focusin", renew);
      document.removeEventListener("visibilitychange", renew);
    };
  }, [on, renew]);

  useEffect(() => () => WebAuthnAbortService.cancelCeremony(), []);
}
