"use client";

import { CheckField, NewPasswordField, TextField } from "@/components/form";
import { fieldPair } from "@/components/ui/form-class";
import { textLink } from "@/components/ui/text-link";
import { analyticsConsentText } from "@/lib/shared/analytics-consent";
import type { PasswordRequirement } from "@/lib/shared/password-rules";

export type Terms = { operator: string; termsUrl: string; privacyUrl: string };

/** Name, password and consent fields of a new account. */
export function AccountFields({ operator, termsUrl, privacyUrl, requirements }: Terms & { requirements: PasswordRequirement[] }) {
  return (
    <>
      <div className={fieldPair}>
        <TextField name="firstName" label="First Name" autoComplete="given-name" maxLength={64} required />
        <TextField name="lastName" label="Last Name" autoComplete="family-name" maxLength={64} optional />
      </div>
      <TextField name="phone" label="Phone" type="tel" autoComplete="tel" maxLength={32} optional />
      <NewPasswordField name="password" label="Password" required requirements={requirements} />
      <CheckField
        name="analytics"
        label="Allow usage analysis"
        hint={
          <>
            {analyticsConsentText.recorded} <NewTabLink href={privacyUrl}>Privacy notice</NewTabLink>
          </>
        }
      />
      <CheckField
        name="terms"
        label={`I accept the terms of use of ${operator}`}
        hint={
          <>
            Read the <NewTabLink href={termsUrl}>Terms of use</NewTabLink>
          </>
        }
      />
    </>
  );
}

/** Opens beside the form, so that nothing typed is lost. */
function NewTabLink({ href, children }: { href: string; children: string }) {
  return (
    <a className={textLink} href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}
