import type { EventName } from "./events";

/** What an event is about, in the words of the moment it happened. */
export type Subject = { id: string; label: string };

type Words = (subject: string, note: string) => string;

const plain =
  (action: string): Words =>
  (subject, note) =>
    `${action} ${subject}${note && ` ${note}`}`;

/** The few words an entry shows, for every event there is (AUD-6). */
const messages: Record<EventName, Words> = {
  "organization.created": plain("Add organization"),
  "organization.accessed": plain("Accessed organization"),
  "session.started": (_, note) => `Login${note && ` ${note}`}`,
  "session.refused": (_, note) => `Login refused${note && `: ${note}`}`,
  "session.ended": (_, note) => `Logout${note && ` ${note}`}`,
  "password.reset": () => "Reset password",
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
  "invitation.cancelled": plain("Cancel invitation of"),
  "audit.exported": (_, note) => `Export audit log${note && ` ${note}`}`,
};

/** Renders an event as its message; control characters cannot enter a line (AUD-3). */
export function messageOf(name: EventName, subject: string, note = ""): string {
  return messages[name](subject, note).replaceAll(/\p{Cc}+/gu, " ").slice(0, 500);
}
