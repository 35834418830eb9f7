"use client";

import type { ReactNode } from "react";
import { CheckField, NewPasswordField, PasswordField, PasswordOwner, RadioGroup, SearchSelect, TextField } from "@/components/form";
import { LinkButton } from "@/components/ui/button";
import { fieldPair, labelClass } from "@/components/ui/form-class";
import { Section } from "@/components/ui/section";
import { textLink } from "@/components/ui/text-link";
import type { Profile } from "@/lib/profile/queries";
import { macFormats } from "@/lib/shared/mac-address";
import type { TimeZoneOption } from "@/lib/shared/time-zone-names";
import { analyticsConsentText } from "@/lib/shared/analytics-consent";
import { TwoFactorField } from "../two-factor/field";

export function AccountInformation({ email, pending }: { email: string; pending: ReactNode }) {
  return (
    <Section id="account-information" title="Account Information" description="How other administrators see you.">
      <div className="min-w-0">
        <span className={labelClass}>Email Address</span>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <span className="min-w-0 wrap-anywhere">{email}</span>
          <LinkButton href="/account?dialog=email">CHANGE<span className="sr-only"> email address</span></LinkButton>
        </p>
        {pending}
      </div>
      <div className={fieldPair}>
        <TextField name="firstName" label="First Name" autoComplete="given-name" maxLength={64} required />
        <TextField name="lastName" label="Last Name" autoComplete="family-name" maxLength={64} hint="Leave empty if you have only one name." />
      </div>
      <div className={fieldPair}>
        <TextField name="phone" label="Primary Phone" type="tel" autoComplete="tel" maxLength={32} />
        <TextField name="secondPhone" label="Secondary Phone" type="tel" autoComplete="off" maxLength={32} />
      </div>
    </Section>
  );
}

export function Authentication({ profile, requiredBy }: { profile: Profile; requiredBy: string[] }) {
  const { email, requirements, twoFactor } = profile;
  return (
    <Section id="authentication" title="Authentication" description="A new password signs out every other browser.">
      <PasswordOwner email={email} />
      <PasswordField name="currentPassword" label="Current password" autoComplete="current-password" hint="Only needed for a new password." />
      <NewPasswordField name="password" label="New password" requirements={requirements} alone={!twoFactor} />
      <TwoFactorField isActive={twoFactor} requiredBy={requiredBy} />
    </Section>
  );
}

const formats = Object.entries(macFormats).map(([value, label]) => ({ value, label }));

export function Preferences({ example, zones }: { example: string; zones: readonly TimeZoneOption[] }) {
  return (
    <Section id="preferences" title="Preferences" description="How times and MAC addresses are shown on every page.">
      <RadioGroup name="macFormat" label="Mac Format" options={formats} />
      <CheckField name="use24Hour" label="24-Hour Time" hint="When off, times use am and pm." />
      <SearchSelect
        name="timeZone"
        label="Time zone"
        placeholder="Follow this browser"
        find="Search by place"
        options={zones}
        hint={`Currently: ${example}`}
      />
    </Section>
  );
}

export function PrivacySettings({ allowed, privacyUrl }: { allowed: boolean; privacyUrl: string }) {
  return (
    <Section id="privacy" title="Privacy Settings" description="Whether we may record which pages you open.">
      <p>
        {allowed ? "You allow usage analysis." : "You don’t allow usage analysis."}{" "}
        <a className={textLink} href={privacyUrl}>Privacy Notice</a>
      </p>
      <CheckField
        name="analytics"
        label="Allow usage analysis"
        hint={`${analyticsConsentText.recorded} ${analyticsConsentText.retention}`}
      />
    </Section>
  );
}
