import { render, toPlainText } from "@react-email/render";
import type * as z from "zod/mini";
import { brand, type Brand } from "@/lib/brand";
import { accessEnded } from "./access-ended";
import { accessEnding } from "./access-ending";
import { accessEndingList } from "./access-ending-list";
import { accessRevoked } from "./access-revoked";
import { accountDeleted } from "./account-deleted";
import { accountExists } from "./account-exists";
import { accountReinstated } from "./account-reinstated";
import { accountSuspended } from "./account-suspended";
import { addressInUse } from "./address-in-use";
import { certificateExpiring } from "./certificate-expiring";
import { confirmEmail } from "./confirm-email";
import { emailChanged } from "./email-changed";
import { invitation } from "./invitation";
import { invitationAccepted } from "./invitation-accepted";
import { invitationDeclined } from "./invitation-declined";
import { membershipAdded } from "./membership-added";
import { mspAccepted } from "./msp-accepted";
import { mspDeclined } from "./msp-declined";
import { mspEnded } from "./msp-ended";
import { mspRequested } from "./msp-requested";
import { mspWithdrawn } from "./msp-withdrawn";
import { newSignIn } from "./new-sign-in";
import { organizationDeleted } from "./organization-deleted";
import { passwordExpiring } from "./password-expiring";
import { passwordReplaced } from "./password-replaced";
import { policyChanged } from "./policy-changed";
import { resetPassword } from "./reset-password";
import { securityNotice } from "./security-notice";
import { validateAddress } from "./validate-address";

export const emailTemplates = {
  "validate-address": validateAddress,
  "account-exists": accountExists,
  "reset-password": resetPassword,
  invitation,
  "invitation-accepted": invitationAccepted,
  "invitation-declined": invitationDeclined,
  "membership-added": membershipAdded,
  "access-revoked": accessRevoked,
  "access-ending": accessEnding,
  "access-ending-list": accessEndingList,
  "access-ended": accessEnded,
  "address-in-use": addressInUse,
  "confirm-email": confirmEmail,
  "email-changed": emailChanged,
  "security-notice": securityNotice,
  "password-replaced": passwordReplaced,
  "account-deleted": accountDeleted,
  "new-sign-in": newSignIn,
  "organization-deleted": organizationDeleted,
  "msp-requested": mspRequested,
  "msp-accepted": mspAccepted,
  "msp-declined": mspDeclined,
  "msp-ended": mspEnded,
  "msp-withdrawn": mspWithdrawn,
  "password-expiring": passwordExpiring,
  "policy-changed": policyChanged,
  "account-suspended": accountSuspended,
  "account-reinstated": accountReinstated,
  "certificate-expiring": certificateExpiring,
} as const;

export type EmailName = keyof typeof emailTemplates;
export type EmailProps<N extends EmailName> = z.input<(typeof emailTemplates)[N]["schema"]>;
export type RenderedEmail = { subject: string; html: string; text: string };

export const isEmailName = (name: string): name is EmailName => Object.hasOwn(emailTemplates, name);

/** Renders subject, HTML and plain text of an email; unknown props are rejected. */
export async function renderEmail(name: EmailName, props: unknown, branding: Brand = brand()): Promise<RenderedEmail> {
  const { subject, element } = emailTemplates[name].compose(props, branding);
  const html = await render(element);
  const text = toPlainText(html, { selectors: [{ selector: "h1", options: { uppercase: false } }] });
  return { subject, html, text };
}
