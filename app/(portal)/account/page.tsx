import { redirect } from "next/navigation";
import { brand } from "@/lib/brand";
import { getProfile } from "@/lib/profiles/queries";
import { timeZones } from "@/lib/vocabulary/places";
import { requireOwner } from "@/lib/web/page";
import { UtilitiesMenu } from "./departure/utilities-menu";
import { DepartureWindows } from "./departure/windows";
import { GoogleSection } from "./google/section";
import { GoogleWindows } from "./google/windows";
import { NotificationSection } from "./notifications/section";
import { NotificationWindows } from "./notifications/windows";
import { PasskeySection } from "./passkeys/section";
import { WaysWindow } from "./passkeys/ways-window";
import { PasskeyWindows } from "./passkeys/windows";
import { PendingAddress } from "./profile/pending-address";
import { ProfileForm } from "./profile/profile-form";
import { ProfileWindows } from "./profile/windows";
import { SessionSection } from "./sessions/section";
import { SessionWindows } from "./sessions/windows";
import { AccountShell } from "./shell";
import { RequiredTwoFactor } from "./two-factor/required";
import { TwoFactorWindows } from "./two-factor/windows";

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

export default async function AccountPage({ searchParams }: PageProps<"/account">) {
  const { who, owesTwoFactor } = await requireOwner();
  const asked = await searchParams;
  const frame = { who, title: "My Account", notice: asked.notice };
  if (owesTwoFactor) return <AccountShell {...frame}><RequiredTwoFactor who={who} asked={asked} /></AccountShell>;

  // Mails and sign-ins lead to an address; the part after # is known to browsers alone.
  const section = contents.find(({ id }) => id === asked.section);
  if (section) redirect(`/account#${section.id}`);

  const profile = await getProfile(who.account.id);
  return (
    <AccountShell {...frame}>
      <ProfileForm
        profile={profile}
        isAnswered={asked.notice !== undefined}
        pending={<PendingAddress who={who} />}
        requiredBy={who.memberships.filter(({ twoFactorRequired }) => twoFactorRequired).map(({ orgName }) => orgName)}
        zones={timeZones()}
        privacyUrl={brand().privacyUrl}
        contents={contents}
        utilities={<UtilitiesMenu />}
        beforePrivacy={
          <>
            <GoogleSection who={who} />
            <NotificationSection who={who} />
          </>
        }
        afterPrivacy={
          <>
            <PasskeySection who={who} />
            <SessionSection who={who} />
          </>
        }
      />
      <ProfileWindows who={who} asked={asked} />
      <TwoFactorWindows who={who} asked={asked} />
      <PasskeyWindows who={who} asked={asked} />
      <WaysWindow who={who} asked={asked} />
      <GoogleWindows who={who} asked={asked} />
      <NotificationWindows who={who} asked={asked} />
      <SessionWindows who={who} asked={asked} />
      <DepartureWindows who={who} asked={asked} />
    </AccountShell>
  );
}
