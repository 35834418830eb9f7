import { redirect } from "next/navigation";
import { brand } from "@/lib/brand";
import { getProfile } from "@/lib/profile/queries";
import { shownEmail } from "@/lib/web/shown-email";
import { timeZoneOptions } from "@/lib/shared/time-zone-names";
import { formatDateTime } from "@/lib/shared/format-date-time";
import { formatMac } from "@/lib/shared/mac-address";
import { accountPage } from "@/lib/web/account-page";
import { UtilitiesMenu } from "./utilities/utilities-menu";
import { UtilitiesDialogs } from "./utilities/dialogs";
import { GoogleSection } from "./google/section";
import { GoogleDialogs } from "./google/dialogs";
import { NotificationSection } from "./notifications/section";
import { NotificationDialogs } from "./notifications/dialogs";
import { PasskeySection } from "./passkeys/section";
import { LoginMethodsDialog } from "./passkeys/login-methods-dialog";
import { PasskeyDialogs } from "./passkeys/dialogs";
import { PendingAddress } from "./profile/pending-address";
import { ProfileForm } from "./profile/profile-form";
import { ProfileDialogs } from "./profile/dialogs";
import { SessionSection } from "./sessions/section";
import { SessionDialogs } from "./sessions/dialogs";
import { DetachedSetUpForm } from "./two-factor/forms";
import { RequiredTwoFactor } from "./two-factor/required";
import { TwoFactorDialogs } from "./two-factor/dialogs";

const contents = [
  { id: "account-information", title: "Account Information" },
  { id: "authentication", title: "Authentication" },
  { id: "preferences", title: "Preferences" },
  { id: "google", title: "Social Sign In" },
  { id: "notifications", title: "Email Notification" },
  { id: "privacy", title: "Privacy Settings" },
  { id: "passkeys", title: "Passkeys" },
  { id: "sessions", title: "Sessions" },
];

const exampleMac = "5c5b35a1b2c3";
const exampleTime = new Date("2026-03-03T14:05:00Z");

export default accountPage({ title: "My Account", allowPending2fa: true }, async ({ session, pendingTwoFactor, query }) => {
  if (pendingTwoFactor) return <RequiredTwoFactor session={session} query={query} />;

  // Links use a query parameter, because a fragment is not sent to the server.
  const section = contents.find(({ id }) => id === query.section);
  if (section) redirect(`/account#${section.id}`);

  const profile = await getProfile(session.account.id);
  return (
    <>
      <ProfileForm
        profile={profile}
        email={shownEmail(profile.email)}
        isAnswered={query.notice !== undefined}
        pending={<PendingAddress session={session} />}
        requiredBy={session.memberships.filter(({ twoFactorRequired }) => twoFactorRequired).map(({ orgName }) => orgName)}
        zones={timeZoneOptions(new Date())}
        example={[formatDateTime(exampleTime, { hours: profile.hourCycle }), formatMac(exampleMac, profile.macFormat)].join(" and ")}
        privacyUrl={brand().privacyUrl}
        contents={contents}
        utilities={<UtilitiesMenu />}
        beforePrivacy={
          <>
            <GoogleSection session={session} />
            <NotificationSection session={session} />
          </>
        }
        afterPrivacy={
          <>
            <PasskeySection session={session} />
            <SessionSection session={session} />
          </>
        }
      />
      <DetachedSetUpForm />
      <ProfileDialogs session={session} query={query} />
      <TwoFactorDialogs session={session} query={query} />
      <PasskeyDialogs session={session} query={query} />
      <LoginMethodsDialog session={session} query={query} />
      <GoogleDialogs session={session} query={query} />
      <NotificationDialogs session={session} query={query} />
      <SessionDialogs session={session} query={query} />
      <UtilitiesDialogs session={session} query={query} />
    </>
  );
});
