import { z } from "zod";
import { type MacFormat, macFormats } from "@/lib/vocabulary/mac";
import { isTimeZone } from "@/lib/vocabulary/places";
import { personName, phone } from "@/lib/vocabulary/text";

const tooLong = "Use at most 128 characters";
const missingCurrent = "Enter your current password";
const typedPassword = (missing: string) => z.string(missing).min(1, missing).max(1_024, tooLong);
const perhapsPassword = z.string().max(1_024, tooLong).default("");
const ticked = z.enum(["", "true"]).optional().transform((value) => value === "true");

export const ChangePassword = z.object({
  currentPassword: typedPassword(missingCurrent),
  password: typedPassword("Choose a new password"),
});

export const SaveProfile = z
  .object({
    /** The save this one was made from; a later one refuses it. */
    version: z.coerce.number().int().positive(),
    firstName: personName("Enter your first name"),
    lastName: personName("Enter your last name"),
    phone: phone.default(""),
    secondPhone: phone.default(""),
    password: perhapsPassword,
    /** Alone it asks for nothing: password keepers fill it in by themselves. */
    currentPassword: perhapsPassword,
    twoFactor: ticked,
    macFormat: z.enum(Object.keys(macFormats) as [MacFormat, ...MacFormat[]], "Choose how addresses are written"),
    clock24: ticked,
    timeZone: z.string().refine((zone) => zone === "" || isTimeZone(zone), "Choose the time zone").default(""),
    analytics: ticked,
  })
  .refine(({ password, currentPassword }) => password === "" || currentPassword !== "", {
    path: ["currentPassword"],
    error: missingCurrent,
  });
