import type { EventName } from "./events";

/** What an event is about, in the words of the moment it happened. */
export type Subject = { id: string; label: string };

type Words = (subject: string, note: string) => string;

const said =
  (action: string): Words =>
  (_, note) =>
    `${action}${note && ` ${note}`}`;

const plain =
  (action: string): Words =>
  (subject, note) =>
    `${action} ${subject}${note && ` ${note}`}`;

/** The few words an entry shows, for every event there is (AUD-6). */
const messages: Record<EventName, Words> = {
  "organization.created": plain("Add organization"),
  "organization.accessed": plain("Accessed organization"),
  "session.started": said("Login"),
  "session.refused": (_, note) => `Login refused${note && `: ${note}`}`,
  "session.ended": said("Logout"),
  "session.revoked": said("End session"),
  "session.confirmed": said("Confirm identity"),
  "password.reset": said("Reset password"),
  "password.changed": said("Change password"),
  "password.expiring": (subject, note) => `Remind ${subject} of password change${note && ` ${note}`}`,
  "account.created": said("Create account"),
  "account.updated": said("Update account"),
  "account.suspended": plain("Suspend account of"),
  "account.reinstated": plain("Reinstate account of"),
  "account.regrouped": plain("Change user group of"),
  "account.exported": said("Export own data"),
  "account.deleted": plain("Delete account of"),
  "email.change_requested": said("Ask to change email address"),
  "email.change_cancelled": said("Take back change of email address"),
  "email.changed": said("Change email address"),
  "two_factor.enabled": said("Enable two-factor authentication"),
  "two_factor.disabled": said("Disable two-factor authentication"),
  "two_factor.refused": said("Second factor refused"),
  "recovery_codes.renewed": said("Renew recovery codes"),
  "recovery_code.used": said("Use recovery code"),
  "passkey.added": said("Add passkey"),
  "passkey.renamed": said("Rename passkey"),
  "passkey.removed": said("Remove passkey"),
  "google.linked": said("Link Google account"),
  "google.unlinked": said("Unlink Google account"),
  "privacy.chosen": said("Change privacy choice"),
  "notice.accepted": said("Accept login notice"),
  "notifications.changed": said("Change email notifications"),
  "access.denied": (subject) => `Denied: ${subject}`,
  "site.created": plain("Add site"),
  "site.updated": plain("Update site"),
  "site.deleted": plain("Delete site"),
  "site.exported": plain("Export"),
  "administrator.invited": plain("Invite administrator"),
  "administrator.reinvited": plain("Resend invitation of"),
  "administrator.accepted": plain("Accept invitation as"),
  "administrator.joined": plain("Join as"),
  "administrator.updated": plain("Update administrator"),
  "administrator.revoked": plain("Revoke access of"),
  "administrator.exported": plain("Export"),
  "administrator.signed_out": plain("End sessions of"),
  "administrator.reset_started": plain("Start password reset of"),
  "organization.made_partner": plain("Mark as partner"),
  "organization.unmade_partner": plain("Unmark as partner"),
  "invitation.cancelled": plain("Cancel invitation of"),
  "audit.exported": said("Export audit log"),
};

/**
 * Renders an event as its message; control characters cannot enter a line (AUD-3). An event of a later release, read
 * while both run, is told by its name.
 */
export function messageOf(name: EventName, subject: string, note = ""): string {
  const words = Object.hasOwn(messages, name) ? messages[name] : said(name);
  return words(subject, note).replaceAll(/\p{Cc}+/gu, " ").slice(0, 500);
}
