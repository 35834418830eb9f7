import type { Profile } from "@/lib/profile/queries";
import { StaleVersionError } from "@/lib/shared/app-error";
import type { FormValues } from "@/lib/shared/form-state";
import { currentTimeZoneName } from "@/lib/shared/time-zone-id";
import { otherWindowLabel } from "@/lib/shared/updated-by";

export type ProfileFields = Pick<Profile, "firstName" | "lastName" | "phone" | "secondPhone" | "macFormat" | "hourCycle" | "timeZone">;

/** Picks the profile fields that are saved and shown in audit entries. */
export const pickProfileFields = ({ firstName, lastName, phone, secondPhone, macFormat, hourCycle, timeZone }: ProfileFields): ProfileFields => ({
  firstName,
  lastName,
  phone,
  secondPhone,
  macFormat,
  hourCycle,
  timeZone,
});

const checkboxValue = (on: boolean) => (on ? "true" : "");

type FormProfile = ProfileFields & Pick<Profile, "analyticsAllowed" | "version">;

/** Initial values of the My Account form. */
export const profileFormValues = ({ phone, secondPhone, timeZone, ...profile }: FormProfile): FormValues => ({
  firstName: profile.firstName,
  lastName: profile.lastName,
  phone: phone ?? "",
  secondPhone: secondPhone ?? "",
  macFormat: profile.macFormat,
  use24Hour: checkboxValue(profile.hourCycle === "24"),
  timeZone: timeZone ? currentTimeZoneName(timeZone) : "",
  analytics: checkboxValue(profile.analyticsAllowed === "yes"),
  version: String(profile.version),
});

/** The error for a save with an outdated version; it carries the current values. */
export const staleProfileError = (current: FormProfile) =>
  new StaleVersionError("Your account was changed elsewhere after you opened this page", otherWindowLabel, profileFormValues(current));

export type ProfileChanges = { profile: boolean; password: boolean; privacy: boolean };

/** The flash message for what was saved. */
export function profileFlashKey({ profile, password, privacy }: ProfileChanges): string {
  if (password) return "new-password-saved";
  if (profile) return "account-saved";
  return privacy ? "privacy-saved" : "account-unchanged";
}
