import * as z from "zod/mini";
import { type MacFormat, macFormats } from "@/lib/vocabulary/mac";
import { isTimeZone } from "@/lib/vocabulary/places";
import { password, perhapsPassword, ticked, version } from "@/lib/vocabulary/sent";
import { personName, phone } from "@/lib/vocabulary/text";

const currentPasswordMissing = "Enter your current password";

export const ChangePassword = z.object({
  currentPassword: password(currentPasswordMissing),
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
    /** Ignored without a new password, because password managers fill it in. */
    currentPassword: perhapsPassword,
    twoFactor: ticked,
    macFormat: z.enum(Object.keys(macFormats) as [MacFormat, ...MacFormat[]], "Choose how addresses are written"),
    use24Hour: ticked,
    timeZone: z._default(z.string().check(z.refine((zone) => zone === "" || isTimeZone(zone), "Choose the time zone")), ""),
    analytics: ticked,
  })
  .check(
    z.refine(({ password: newPassword, currentPassword }) => newPassword === "" || currentPassword !== "", {
      path: ["currentPassword"],
      error: currentPasswordMissing,
    }),
  );
