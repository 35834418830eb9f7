"use client";

import type { ReactNode } from "react";
import { ActionForm, FormError, HiddenField, SubmitButton } from "@/components/form";
import { PageHeader } from "@/components/ui/page-header";
import { Sections } from "@/components/ui/section";
import type { Profile } from "@/lib/profiles/queries";
import { SaveProfile } from "@/lib/profiles/schema";
import { UtilitiesMenu } from "../departure/utilities-menu";
import { saveProfileAction } from "./actions";
import { AccountInformation, Authentication, Preferences, PrivacySettings } from "./sections";

type ProfileFormProps = {
  profile: Profile;
  /** A new address that waits for its confirmation. */
  pending: ReactNode;
  requiredBy: string[];
  zones: string[];
  privacyUrl?: string;
  contents: { id: string; title: string }[];
  beforePrivacy: ReactNode;
  afterPrivacy: ReactNode;
};

/** My Account in the order it is documented in, with one Save for all that is typed on it. */
export function ProfileForm({ profile, pending, requiredBy, zones, privacyUrl, contents, ...more }: ProfileFormProps) {
  const { version, firstName, lastName, phone, secondPhone, macFormat, clock24, timeZone, twoFactor, analyticsAllowed } = profile;
  const ticked = (on: boolean) => (on ? "true" : "");
  const defaults = {
    firstName,
    lastName,
    phone: phone ?? "",
    secondPhone: secondPhone ?? "",
    macFormat,
    clock24: ticked(clock24 === "24"),
    timeZone: timeZone ?? "",
    twoFactor: ticked(twoFactor === "pending"),
    analytics: ticked(analyticsAllowed === "yes"),
  };
  return (
    <ActionForm schema={SaveProfile} action={saveProfileAction} defaults={defaults} warnUnsaved className="page-form">
      <HiddenField name="version" value={String(version)} />
      <PageHeader title="My Account">
        <UtilitiesMenu />
        <SubmitButton>Save</SubmitButton>
      </PageHeader>
      <Sections contents={contents}>
        <FormError />
        <AccountInformation email={profile.email} pending={pending} />
        <Authentication profile={profile} requiredBy={requiredBy} />
        <Preferences profile={profile} zones={zones} />
        {more.beforePrivacy}
        <PrivacySettings allowed={analyticsAllowed === "yes"} privacyUrl={privacyUrl} />
        {more.afterPrivacy}
      </Sections>
    </ActionForm>
  );
}
