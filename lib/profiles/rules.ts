import type { Profile } from "@/lib/profiles/queries";
import { Fault } from "@/lib/vocabulary/fault";
import { macFormats } from "@/lib/vocabulary/mac";

export type Facts = Pick<Profile, "firstName" | "lastName" | "phone" | "secondPhone" | "macFormat" | "clock24" | "timeZone">;

const written: { [Name in keyof Facts]: (facts: Facts) => string } = {
  firstName: ({ firstName }) => firstName,
  lastName: ({ lastName }) => lastName,
  phone: ({ phone }) => phone || "none",
  secondPhone: ({ secondPhone }) => secondPhone || "none",
  macFormat: ({ macFormat }) => macFormats[macFormat],
  clock24: ({ clock24 }) => (clock24 === "24" ? "on" : "off"),
  timeZone: ({ timeZone }) => timeZone ?? "that of the browser",
};

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

/** Tells the second of two windows that save what stands now in each field that differs from theirs. */
export function savedMeanwhile(now: Facts, sent: Facts): Fault {
  const names = Object.keys(written) as (keyof Facts)[];
  const differing = names.filter((name) => written[name](now) !== written[name](sent));
  const fields = Object.fromEntries(differing.map((name) => [name, [`Now “${written[name](now)}”`]]));
  const advice = differing.length > 0 ? "Compare the marked fields, or open this page again" : "Open this page again";
  return new Fault("conflict", `Your account was saved elsewhere after you opened this page. ${advice}`, fields);
}

export type Saved = { facts: boolean; password: boolean; twoFactor: boolean; privacy: boolean };

/** The notice that says what was saved. */
export function noticeFor({ facts, password, twoFactor, privacy }: Saved): string {
  if (password) return "new-password-saved";
  if (twoFactor) return "two-factor-prepared";
  if (facts) return "account-saved";
  return privacy ? "privacy-saved" : "account-unchanged";
}
