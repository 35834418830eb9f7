import type { Profile } from "@/lib/profiles/queries";
import { Overtaken } from "@/lib/vocabulary/fault";
import type { FormValues } from "@/lib/vocabulary/result";
import { ownWindow } from "@/lib/vocabulary/saver";

export type Facts = Pick<Profile, "firstName" | "lastName" | "phone" | "secondPhone" | "macFormat" | "hourCycle" | "timeZone">;

/** Picks the profile fields that are saved and shown in audit entries. */
export const factsOf = ({ firstName, lastName, phone, secondPhone, macFormat, hourCycle, timeZone }: Facts): Facts => ({
  firstName,
  lastName,
  phone,
  secondPhone,
  macFormat,
  hourCycle,
  timeZone,
});

const checkboxValue = (on: boolean) => (on ? "true" : "");

type FormProfile = Facts & Pick<Profile, "twoFactor" | "analyticsAllowed" | "version">;

/** Initial values of the My Account form. */
export const formOf = ({ phone, secondPhone, timeZone, ...profile }: FormProfile): FormValues => ({
  firstName: profile.firstName,
  lastName: profile.lastName,
  phone: phone ?? "",
  secondPhone: secondPhone ?? "",
  macFormat: profile.macFormat,
  use24Hour: checkboxValue(profile.hourCycle === "24"),
  timeZone: timeZone ?? "",
  twoFactor: checkboxValue(profile.twoFactor === "pending"),
  analytics: checkboxValue(profile.analyticsAllowed === "yes"),
  version: String(profile.version),
});

/** The error for a save with an outdated version; it carries the current values. */
export const savedMeanwhile = (current: FormProfile) =>
  new Overtaken("Your account was saved elsewhere after this page was opened", ownWindow, formOf(current));

export type Saved = { profile: boolean; password: boolean; twoFactor: boolean; privacy: boolean };

/** The flash message for what was saved. */
export function noticeFor({ profile, password, twoFactor, privacy }: Saved): string {
  if (password) return "new-password-saved";
  if (twoFactor) return "two-factor-prepared";
  if (profile) return "account-saved";
  return privacy ? "privacy-saved" : "account-unchanged";
}
