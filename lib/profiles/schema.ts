import * as z from "zod/mini";
import { type MacFormat, macFormats } from "@/lib/vocabulary/mac";
import { isTimeZone } from "@/lib/vocabulary/places";
import { password, perhapsPassword, ticked, version } from "@/lib/vocabulary/sent";
import { personName, phone } from "@/lib/vocabulary/text";

const missingCurrent = "Enter your current password";

export const ChangePassword = z.object({
  currentPassword: password(missingCurrent),
  password: password("Choose a new password"),
});

export const SaveProfile = z
  .object({
    version,
    firstName: personName("Enter your first name"),
    lastName: personName("Enter your last name"),
    phone,
    secondPhone: phone,
    password: perhapsPassword,
    /** Alone it asks for nothing: password keepers fill it in by themselves. */
    currentPassword: perhapsPassword,
    twoFactor: ticked,
    macFormat: z.enum(Object.keys(macFormats) as [MacFormat, ...MacFormat[]], "Choose how addresses are written"),
    clock24: ticked,
    timeZone: z._default(z.string().check(z.refine((zone) => zone === "" || isTimeZone(zone), "Choose the time zone")), ""),
    analytics: ticked,
  })
  .check(
    z.refine(({ password: chosen, currentPassword }) => chosen === "" || currentPassword !== "", {
      path: ["currentPassword"],
      error: missingCurrent,
    }),
  );
