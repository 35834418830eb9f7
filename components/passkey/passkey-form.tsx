"use client";

import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import { type ReactNode, use, useEffect } from "react";
import { ActionForm, FormError } from "@/components/form";
import { FormContext } from "@/components/form/context";
import type { FormAction } from "@/lib/shared/form-state";
import { CeremonyButton, useCeremony, useSupport } from "./ceremony-button";
import { dialog } from "./dialog";
import { signalUnknownPasskey } from "./signals";
import { useAutofill } from "./use-autofill";

type CeremonyProps = {
  kind: "enter" | "confirm";
  options: PublicKeyCredentialRequestOptionsJSON;
  label: string;
  /** Whether the email field also offers passkeys (autofill). */
  autofill?: boolean;
  /** Shown when the browser does not support passkeys. */
  instead?: ReactNode;
};

type PasskeyFormProps = CeremonyProps & { action: FormAction; children?: ReactNode };

/** A form with a passkey button; submits the browser's response with the given fields. */
export function PasskeyForm({ action, children, ...rest }: PasskeyFormProps) {
  return (
    <div className="script-on">
      <ActionForm action={action}>
        <FormError />
        {children}
        <Ceremony {...rest} />
      </ActionForm>
    </div>
  );
}

const ask = async (options: PublicKeyCredentialRequestOptionsJSON) => (await dialog()).startAuthentication({ optionsJSON: options });

function Ceremony({ kind, options, label, autofill = false, instead = null }: CeremonyProps) {
  const ceremony = useCeremony({ kind, options, perform: ask });
  useAutofill(autofill, options, ceremony);
  const { passkey: unknown } = use(FormContext).errors;
  const { answer } = ceremony;
  const { rpId = "" } = options;
  useEffect(() => {
    if (unknown && answer.current?.value) signalUnknownPasskey(rpId, JSON.parse(answer.current.value).id);
  }, [unknown, answer, rpId]);
  return useSupport() ? <CeremonyButton ceremony={ceremony}>{label}</CeremonyButton> : instead;
}
