import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import { useEffect, useRef } from "react";
import type { useCeremony } from "./ceremony-button";
import { dialog } from "./dialog";
import { isOld } from "./use-fresh-options";

type Ceremony = ReturnType<typeof useCeremony<PublicKeyCredentialRequestOptionsJSON>>;

/** Offers passkeys by autofill (conditional mediation); without a choice nothing is shown. */
export function useAutofill(on: boolean, options: PublicKeyCredentialRequestOptionsJSON, { busy, renew, send }: Ceremony) {
  const latest = useRef(send);
  useEffect(() => {
    latest.current = send;
  });

  useEffect(() => {
    if (!on || busy || isOld(options)) return;
    let over = false;
    const autofill = async () => {
      const { browserSupportsWebAuthnAutofill, startAuthentication } = await dialog();
      if (!(await browserSupportsWebAuthnAutofill()) || over) return;
      const answer = await startAuthentication({ optionsJSON: options, useBrowserAutofill: true });
      if (!over) latest.current(answer, options);
    };
    autofill().catch(() => {});
    return () => {
      over = true;
    };
  }, [on, busy, options]);

  useEffect(() => {
    if (!on) return;
    document.addEventListener("focusin", renew);
    document.addEventListener("visibilitychange", renew);
    return () => {
      document.removeEventListener("focusin", renew);
      document.removeEventListener("visibilitychange", renew);
    };
  }, [on, renew]);

  useEffect(
    () => () => {
      dialog().then(({ WebAuthnAbortService }) => WebAuthnAbortService.cancelCeremony(), () => {});
    },
    [],
  );
}
