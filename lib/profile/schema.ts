import * as z from "zod/mini";
import { type MacFormat, macFormats } from "@/lib/shared/mac-address";
import { currentTimeZoneName, isTimeZone } from "@/lib/shared/time-zone-id";
import { requiredPassword, optionalPassword, checkbox, rowVersion } from "@/lib/shared/form-schemas";
import { boundedText, optionalPersonName, personName, phoneNumber } from "@/lib/shared/text-schemas";

const chooseTimeZone = "Choose the time zone";
const currentPasswordMissing = "Enter your current password";

export const ChangePassword = z.object({
  currentPassword: requiredPassword(currentPasswordMissing),
  password: requiredPassword("Choose a new password"),
});

export const SaveProfile = z
  .object({
    version: rowVersion,
    firstName: personName("Enter your first name"),
    lastName: optionalPersonName,
    phone: phoneNumber,
    secondPhone: phoneNumber,
    password: optionalPassword,
    /** Ignored without a new password, because password managers fill it in. */
    currentPassword: optionalPassword,
    macFormat: z.enum(Object.keys(macFormats) as [MacFormat, ...MacFormat[]], "Choose a MAC address format"),
    use24Hour: checkbox,
    timeZone: z._default(boundedText(42, { tooLong: chooseTimeZone }).check(
        z.refine((zone) => zone === "" || isTimeZone(zone), { error: chooseTimeZone, abort: true }),
        z.overwrite((zone) => (zone === "" ? zone : currentTimeZoneName(zone))),
      ),
      "",
    ),
    analytics: checkbox,
  })
  .check(
    z.refine(({ password: newPassword, currentPassword }) => newPassword === "" || currentPassword !== "", {
      path: ["currentPassword"],
      error: currentPasswordMissing,
    }),
  );
