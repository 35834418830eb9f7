import { buildPasswordPolicy } from "@/lib/accounts/rules";
import { brand } from "@/lib/brand";
import type { Invitation } from "@/lib/invitations/queries";

/** The password policy for the new login. */
export const invitationPasswordPolicy = (invitation: Invitation, person: { email: string; firstName: string; lastName: string }) =>
  buildPasswordPolicy(person, brand().name, [invitation.passwordRules]);
