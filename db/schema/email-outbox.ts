import { sql } from "drizzle-orm";
import { index, integer, pgPolicy, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytea, id, timestamptz } from "@/db/column-types";
import { authRole, tenantRoles, workerRole } from "@/db/roles";

/** Emails written in the transaction that causes them. The template props are encrypted, and removed once sent. */
export const emailOutbox = pgTable(
  "email_outbox",
  {
    id: id(),
    template: text().notNull(),
    recipient: text().notNull(),
    encryptedProps: bytea(),
    status: text().$type<"queued" | "sent" | "failed">().notNull().default("queued"),
    attempts: integer().notNull().default(0),
    lastError: text(),
    createdAt: timestamptz().notNull().defaultNow(),
    sentAt: timestamptz(),
  },
  (t) => [
    index("email_outbox_status").on(t.status, t.createdAt),
    pgPolicy("email_outbox_enqueue", { for: "insert", to: [...tenantRoles, authRole], withCheck: sql`status = 'queued'` }),
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
