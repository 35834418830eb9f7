"use client";

import { type FormEvent, type MouseEvent, useState } from "react";
import { TextField } from "@/components/form";
import { useHydrated } from "@/components/ui/use-hydrated";
import { textLink } from "@/components/ui/text-link";
import { asciiForm } from "@/lib/shared/typed-text";

type CodeFieldProps = {
  label?: string;
  hint?: string;
  /** Whether a recovery code counts too. */
  recovery?: boolean;
  autoFocus?: boolean;
};

const isComplete = (typed: string) => /^[0-9]{6}$/.test(asciiForm(typed).replaceAll(/[\s-]+/g, ""));
const isMissing = (control: Element) => control instanceof HTMLInputElement && control.ariaRequired === "true" && control.value === "";

/** Submits the form at the sixth digit, typed or pasted, when no other field is missing. */
function submitComplete({ target, nativeEvent }: FormEvent) {
  const { isComposing = false, inputType = "" } = nativeEvent as Partial<InputEvent>;
  if (!(target instanceof HTMLInputElement) || isComposing || inputType.startsWith("delete")) return;
  if (isComplete(target.value) && target.form && ![...target.form.elements].some(isMissing)) target.form.requestSubmit();
}

/** Input for an authenticator code or a recovery code; a phone shows its digits, and letters where a recovery code is asked for. */
export function CodeField({ label = "Code", hint = "The 6-digit code from your authenticator app, or a recovery code.", recovery = true, ...focus }: CodeFieldProps) {
  const [usesRecoveryCode, setUsesRecoveryCode] = useState(false);
  // Without script the keyboard must have the letters of a recovery code.
  const hasDigitsOnly = useHydrated() || !recovery;
  const change = ({ currentTarget: { form } }: MouseEvent<HTMLButtonElement>) => {
    setUsesRecoveryCode(!usesRecoveryCode);
    form?.querySelector<HTMLInputElement>("[name=code]")?.focus();
  };
  return (
    <div className="grid gap-1" onInput={usesRecoveryCode ? undefined : submitComplete}>
      <TextField
        name="code"
        label={usesRecoveryCode ? "Recovery code" : label}
        hint={usesRecoveryCode ? "One of the ten codes you stored." : hint}
        inputMode={usesRecoveryCode || !hasDigitsOnly ? "text" : "numeric"}
        autoComplete={usesRecoveryCode ? "off" : "one-time-code"}
        maxLength={64}
        mono
        required
        {...focus}
      />
      {recovery && (
        <p className="script-on text-sm">
          <button type="button" className={textLink} onClick={change}>
            {usesRecoveryCode ? "Use a code from the app" : "Use a recovery code"}
          </button>
        </p>
      )}
    </div>
  );
}
