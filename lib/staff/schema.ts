import * as z from "zod/mini";
import { EmailAddress } from "@/lib/shared/email-address";
import { boundedText, rowId, singleLine } from "@/lib/shared/text-schemas";

const idMessage = "The id of an organization looks like 0190b6c2-1f3a-7c44-9a51-4f1c2a5d7e80";
const nameMissing = "Say who you are: --as \"Your name\"";

/** The name of the acting staff member, as shown in audit entries. */
export const StaffName = singleLine(120, nameMissing);

export const userGroups = ["customer", "partner", "public"] as const;

export const ReinstateAccount = z.object({ email: EmailAddress });

export const ResetTwoFactor = z.object({ email: EmailAddress });

export const SetUserGroup = z.object({
  email: EmailAddress,
  group: z.enum(userGroups, `The group is one of ${userGroups.join(", ")}`),
});

const OrganizationId = boundedText(36, { tooLong: idMessage }).check(z.guid(idMessage));

export const GetOrganizationFacts = z.object({ organization: OrganizationId });

export const EnterOrganization = z.object({ organization: OrganizationId, reason: singleLine(200, "Say why you look into the organization") });

export const SetPartner = z.object({
  organization: OrganizationId,
  partner: z.enum(["on", "off"], "Say on or off"),
});

const mspMessage = "The id of a Managed Service Provider looks like 0190b6c2-1f3a-7c44-9a51-4f1c2a5d7e80";

export const CreateMsp = z.object({ name: singleLine(64, "Give the Managed Service Provider a name") });

export const ChangeMspAdministrator = z.object({ msp: rowId(mspMessage), email: EmailAddress });
