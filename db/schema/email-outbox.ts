import { sql } from "drizzle-orm";
import { index, integer, pgPolicy, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytea, id, timestamptz } from "@/db/column-types";
import { authRole, tenantRoles, workerRole } from "@/db/roles";
import { currentInvitationId, currentOrgId } from "@/db/session-variables";

const isQueued = sql`status = 'queued'`;

/** Emails written in the transaction that causes them. The template props are encrypted, and removed once sent. */
export const emailOutbox = pgTable(
  "email_outbox",
  {
    id: id(),
    template: text().notNull(),
    recipient: text().notNull(),
    encryptedProps: bytea(),
    status: text().$type<"queued" | "sent" | "failed">().notNull().default("queued"),
    /** The invitation that this email is for, which shows when it cannot be delivered. */
    invitedOrgId: uuid(),
    membershipId: uuid(),
    attempts: integer().notNull().default(0),
    /** When the email may be attempted next; a worker that delivers it moves this ahead, so that no other takes it. */
    nextAttemptAt: timestamptz().notNull().defaultNow(),
    lastError: text(),
    createdAt: timestamptz().notNull().defaultNow(),
    sentAt: timestamptz(),
  },
  (t) => [
    index("email_outbox_status").on(t.status, t.createdAt),
    index("email_outbox_due").on(t.nextAttemptAt).where(isQueued),
    index("email_outbox_recipient").on(t.recipient, t.createdAt, t.id).where(isQueued),
    pgPolicy("email_outbox_enqueue", {
      for: "insert",
      to: [...tenantRoles, authRole],
      withCheck: sql`${isQueued} and (membership_id is null or invited_org_id = (select ${currentOrgId}) or membership_id = (select ${currentInvitationId}))`,
    }),
    pgPolicy("email_outbox_worker", { for: "all", to: workerRole, using: sql`true`, withCheck: sql`true` }),
  ],
);

/** Emails of a trial installation, shown in its mailbox instead of being sent. */
export const capturedEmails = pgTable(
  "captured_emails",
  {
    id: uuid().primaryKey(),
    recipient: text().notNull(),
    subject: text().notNull(),
    html: text().notNull(),
    text: text().notNull(),
    receivedAt: timestamptz().notNull().defaultNow(),
  },
  (t) => [
    index("captured_emails_received").on(t.receivedAt),
    pgPolicy("captured_emails_trial", { for: "all", to: [workerRole, authRole], using: sql`true`, withCheck: sql`true` }),
  ],
);
