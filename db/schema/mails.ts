import { sql } from "drizzle-orm";
import { index, integer, pgPolicy, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytes, id, moment } from "@/db/columns";
import { authRole, tenantRoles, workerRole } from "@/db/roles";

/** The outbox: mail that a committed change has caused. Secret links are sealed and dropped once sent. */
export const mails = pgTable(
  "mails",
  {
    id: id(),
    template: text().notNull(),
    recipient: text().notNull(),
    sealedProps: bytes(),
    status: text().$type<"queued" | "sent" | "failed">().notNull().default("queued"),
    attempts: integer().notNull().default(0),
    lastError: text(),
    createdAt: moment().notNull().defaultNow(),
    sentAt: moment(),
  },
  (t) => [
    index("mails_status").on(t.status, t.createdAt),
    pgPolicy("mails_queue", { for: "insert", to: [...tenantRoles, authRole], withCheck: sql`status = 'queued'` }),
    pgPolicy("mails_deliver", { for: "all", to: workerRole, using: sql`true`, withCheck: sql`true` }),
  ],
);

/** Where mail lands on a trial installation, instead of leaving the machine. */
export const mailbox = pgTable(
  "mailbox",
  {
    id: uuid().primaryKey(),
    recipient: text().notNull(),
    subject: text().notNull(),
    html: text().notNull(),
    text: text().notNull(),
    receivedAt: moment().notNull().defaultNow(),
  },
  (t) => [
    index("mailbox_received").on(t.receivedAt),
    pgPolicy("mailbox_trial", { for: "all", to: [workerRole, authRole], using: sql`true`, withCheck: sql`true` }),
  ],
);
