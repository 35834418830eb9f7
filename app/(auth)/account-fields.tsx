"use client";

import { CheckField, NewPasswordField, TextField } from "@/components/form";
import { fieldPair } from "@/components/ui/form-class";
import { textLink } from "@/components/ui/text-link";
import type { PasswordRequirement } from "@/lib/shared/password-rules";

export type Terms = { operator: string; termsUrl?: string; privacyUrl?: string };

/** Name, email, password and consent fields of a new account. */
export function AccountFields({ operator, termsUrl, privacyUrl, requirements }: Terms & { requirements: PasswordRequirement[] }) {
  return (
    <>
      <div className={fieldPair}>
        <TextField name="firstName" label="First Name" autoComplete="given-name" maxLength={64} required />
        <TextField name="lastName" label="Last Name" autoComplete="family-name" maxLength={64} hint="Leave it empty if you have one name." />
      </div>
      <TextField name="phone" label="Phone" type="tel" autoComplete="tel" maxLength={32} hint="May be left empty." />
      <NewPasswordField name="password" label="Password" required requirements={requirements} />
      <CheckField
        name="analytics"
        label="Allow usage analysis"
        hint={privacyUrl ? <a className={textLink} href={privacyUrl}>Privacy Notice</a> : "Off unless you allow it."}
      />
      <CheckField
        name="terms"
        label={`I accept the terms of use of ${operator}`}
        hint={termsUrl && <a className={textLink} href={termsUrl}>Terms of use</a>}
      />
    </>
  );
}
