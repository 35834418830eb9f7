import type { Profile } from "@/lib/profiles/queries";
import { Overtaken } from "@/lib/vocabulary/fault";
import type { FormValues } from "@/lib/vocabulary/result";
import { ownWindow } from "@/lib/vocabulary/saver";

export type Facts = Pick<Profile, "firstName" | "lastName" | "phone" | "secondPhone" | "macFormat" | "clock24" | "timeZone">;

/** What of an account its profile keeps, and an entry about it shows. */
export const factsOf = ({ firstName, lastName, phone, secondPhone, macFormat, clock24, timeZone }: Facts): Facts => ({
  firstName,
  lastName,
  phone,
  secondPhone,
  macFormat,
  clock24,
  timeZone,
});

const ticked = (on: boolean) => (on ? "true" : "");

type Shown = Facts & Pick<Profile, "twoFactor" | "analyticsAllowed" | "version">;

/** What the form of My Account begins with. */
export const formOf = ({ phone, secondPhone, timeZone, ...profile }: Shown): FormValues => ({
  firstName: profile.firstName,
  lastName: profile.lastName,
  phone: phone ?? "",
  secondPhone: secondPhone ?? "",
  macFormat: profile.macFormat,
  clock24: ticked(profile.clock24 === "24"),
  timeZone: timeZone ?? "",
  twoFactor: ticked(profile.twoFactor === "pending"),
  analytics: ticked(profile.analyticsAllowed === "yes"),
  version: String(profile.version),
});

/** Tells the second of two windows that save what stands now. */
export const savedMeanwhile = (now: Shown) =>
  new Overtaken("Your account was saved elsewhere after this page was opened", ownWindow, formOf(now));

export type Saved = { facts: boolean; password: boolean; twoFactor: boolean; privacy: boolean };

/** The notice that says what was saved. */
export function noticeFor({ facts, password, twoFactor, privacy }: Saved): string {
  if (password) return "new-password-saved";
  if (twoFactor) return "two-factor-prepared";
  if (facts) return "account-saved";
  return privacy ? "privacy-saved" : "account-unchanged";
}
