import type { EventName } from "./events";

/** What an event is about, with its name at the time of the event. */
export type EventSubject = { id: string; label: string };

type MessageTemplate = (subject: string, note: string) => string;

const withoutSubject =
  (action: string): MessageTemplate =>
  (_, note) =>
    `${action}${note && ` ${note}`}`;

const withSubject =
  (action: string): MessageTemplate =>
  (subject, note) =>
    `${action} ${subject}${note && ` ${note}`}`;

const messages: Record<EventName, MessageTemplate> = {
  "organization.created": withSubject("Add organization"),
  "organization.accessed": withSubject("Accessed organization"),
  "session.started": withoutSubject("Login"),
  "session.refused": (_, note) => `Login refused${note && `: ${note}`}`,
  "session.ended": withoutSubject("Logout"),
  "session.revoked": withoutSubject("End session"),
  "session.confirmed": withoutSubject("Confirm identity"),
  "password.reset": withoutSubject("Reset password"),
  "password.changed": withoutSubject("Change password"),
  "password.expiring": (subject, note) => `Remind ${subject} of password change${note && ` ${note}`}`,
  "account.created": withoutSubject("Create account"),
  "account.updated": withoutSubject("Update account"),
  "account.suspended": withSubject("Suspend account of"),
  "account.reinstated": withSubject("Reinstate account of"),
  "account.regrouped": withSubject("Change user group of"),
  "account.exported": withoutSubject("Export own data"),
  "account.deleted": withSubject("Delete account of"),
  "email.change_requested": withoutSubject("Ask to change email address"),
  "email.change_cancelled": withoutSubject("Take back change of email address"),
  "email.changed": withoutSubject("Change email address"),
  "two_factor.enabled": withoutSubject("Enable two-factor authentication"),
  "two_factor.disabled": withoutSubject("Disable two-factor authentication"),
  "two_factor.refused": withoutSubject("Second factor refused"),
  "recovery_codes.renewed": withoutSubject("Renew recovery codes"),
  "recovery_code.used": withoutSubject("Use recovery code"),
  "passkey.added": withoutSubject("Add passkey"),
  "passkey.renamed": withoutSubject("Rename passkey"),
  "passkey.removed": withoutSubject("Remove passkey"),
  "google.linked": withoutSubject("Link Google account"),
  "google.unlinked": withoutSubject("Unlink Google account"),
  "privacy.chosen": withoutSubject("Change privacy choice"),
  "notice.accepted": withoutSubject("Accept login notice"),
  "notifications.changed": withoutSubject("Change email notifications"),
  "access.denied": (subject) => `Denied: ${subject}`,
  "site.created": withSubject("Add site"),
  "site.updated": withSubject("Update site"),
  "site.deleted": withSubject("Delete site"),
  "site.exported": withSubject("Export"),
  "administrator.invited": withSubject("Invite administrator"),
  "administrator.reinvited": withSubject("Resend invitation of"),
  "administrator.accepted": withSubject("Accept invitation as"),
  "administrator.joined": withSubject("Join as"),
  "administrator.updated": withSubject("Update administrator"),
  "administrator.revoked": withSubject("Revoke access of"),
  "administrator.exported": withSubject("Export"),
  "administrator.signed_out": withSubject("End sessions of"),
  "administrator.reset_started": withSubject("Start password reset of"),
  "organization.made_partner": withSubject("Mark as partner"),
  "organization.unmade_partner": withSubject("Unmark as partner"),
  "invitation.cancelled": withSubject("Cancel invitation of"),
  "audit.exported": withoutSubject("Export audit log"),
};

/** Returns the one-line message of an event; an unknown event of a newer release shows its name. */
export function eventMessage(name: EventName, subject: string, note = ""): string {
  const template = Object.hasOwn(messages, name) ? messages[name] : withoutSubject(name);
  return template(subject, note).replaceAll(/\p{Cc}+/gu, " ").slice(0, 500);
}
