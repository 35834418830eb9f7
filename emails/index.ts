import { render, toPlainText } from "@react-email/render";
import type * as z from "zod/mini";
import { brand, type Brand } from "@/lib/brand";
import { accessRevoked } from "./access-revoked";
import { accountDeleted } from "./account-deleted";
import { accountExists } from "./account-exists";
import { accountReinstated } from "./account-reinstated";
import { accountSuspended } from "./account-suspended";
import { addressInUse } from "./address-in-use";
import { confirmEmail } from "./confirm-email";
import { emailChanged } from "./email-changed";
import { invitation } from "./invitation";
import { invitationAccepted } from "./invitation-accepted";
import { membershipAdded } from "./membership-added";
import { newSignIn } from "./new-sign-in";
import { passwordExpiring } from "./password-expiring";
import { passwordReplaced } from "./password-replaced";
import { resetPassword } from "./reset-password";
import { securityNotice } from "./security-notice";
import { validateAddress } from "./validate-address";

export const mails = {
  "validate-address": validateAddress,
  "account-exists": accountExists,
  "reset-password": resetPassword,
  invitation,
  "invitation-accepted": invitationAccepted,
  "membership-added": membershipAdded,
  "access-revoked": accessRevoked,
  "address-in-use": addressInUse,
  "confirm-email": confirmEmail,
  "email-changed": emailChanged,
  "security-notice": securityNotice,
  "password-replaced": passwordReplaced,
  "account-deleted": accountDeleted,
  "new-sign-in": newSignIn,
  "password-expiring": passwordExpiring,
  "account-suspended": accountSuspended,
  "account-reinstated": accountReinstated,
} as const;

export type MailName = keyof typeof mails;
export type MailProps<N extends MailName> = z.input<(typeof mails)[N]["schema"]>;
export type RenderedMail = { subject: string; html: string; text: string };

export const isMailName = (name: string): name is MailName => Object.hasOwn(mails, name);

/** Renders subject, HTML and plain text of an email; unknown props are rejected. */
export async function renderMail(name: MailName, props: unknown, branding: Brand = brand()): Promise<RenderedMail> {
  const { subject, element } = mails[name].compose(props, branding);
  const html = await render(element);
  const text = toPlainText(html, { selectors: [{ selector: "h1", options: { uppercase: false } }] });
  return { subject, html, text };
}
