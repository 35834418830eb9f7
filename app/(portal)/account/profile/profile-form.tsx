"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { ActionForm, DiscardLink, FormEnd, FormError, SubmitButton } from "@/components/form";
import { PageHeader } from "@/components/ui/page-header";
import { Sections } from "@/components/ui/section";
import type { Profile } from "@/lib/profile/queries";
import type { TimeZoneOption } from "@/lib/shared/time-zone-names";
import { profileFormValues } from "@/lib/profile/rules";
import { saveProfileAction } from "./actions";
import { AccountInformation, Authentication, Preferences, PrivacySettings } from "./sections";

type ProfileFormProps = {
  profile: Profile;
  /** The address as it is shown. */
  email: string;
  /** Whether the page was rendered after a save. */
  isAnswered: boolean;
  /** The unconfirmed new email address. */
  pending: ReactNode;
  requiredBy: string[];
  zones: readonly TimeZoneOption[];
  /** An example time and MAC address in the saved formats. */
  example: string;
  privacyUrl: string;
  contents: { id: string; title: string }[];
  /** Rendered on the server, which resolves icons by name. */
  utilities: ReactNode;
  beforePrivacy: ReactNode;
  afterPrivacy: ReactNode;
};

/** Scroll position at submission; outside the component, because the response may remount it. */
let submittedScrollTop: number | undefined;

const saveScrollTop = () => {
  submittedScrollTop = window.scrollY;
};

/** Restores scroll position and focus after a save, because the page is rendered again from its top. */
function useScrollRestoration(profile: Profile, isAnswered: boolean) {
  const page = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const top = submittedScrollTop;
    submittedScrollTop = undefined;
    if (!isAnswered || top === undefined) return;
    window.scrollTo(0, top);
    if (document.activeElement === document.body) page.current?.querySelector<HTMLElement>("header button:not([type])")?.focus({ preventScroll: true });
  }, [profile, isAnswered]);
  return page;
}

/** The My Account form: all fields in their documented order, with one Save button. */
export function ProfileForm({ profile, email, isAnswered, pending, requiredBy, zones, example, privacyUrl, contents, ...more }: ProfileFormProps) {
  const page = useScrollRestoration(profile, isAnswered);
  return (
    <div ref={page} className="contents" onSubmitCapture={saveScrollTop}>
      <ActionForm
        schema={async () => (await import("@/lib/profile/schema")).SaveProfile}
        action={saveProfileAction}
        defaults={profileFormValues(profile)}
        warnUnsaved
        className="block"
      >
        <PageHeader title="My Account">
          {more.utilities}
          <DiscardLink />
          <SubmitButton>Save</SubmitButton>
        </PageHeader>
        <Sections contents={contents}>
          <FormError />
          <AccountInformation email={email} pending={pending} />
          <Authentication profile={profile} requiredBy={requiredBy} />
          <Preferences example={example} zones={zones} />
          {more.beforePrivacy}
          <PrivacySettings allowed={profile.analyticsAllowed === "yes"} privacyUrl={privacyUrl} />
          {more.afterPrivacy}
          <FormEnd>
            <DiscardLink />
            <SubmitButton>Save</SubmitButton>
          </FormEnd>
        </Sections>
      </ActionForm>
    </div>
  );
}
