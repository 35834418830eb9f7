import { defineArea } from "../shared/define-area.ts";

export const mail = defineArea({
  name: "mail",
  tables: {
    email_outbox: { app: "insert", worker: "select, insert, update, delete", auth: "insert" },
    captured_emails: { worker: "select, insert, delete", auth: "select" },
  },
  queues: {
    "mail.tidy": { retryLimit: 3 },
  },
  screenshots: [{ name: "mailbox", path: "/mailbox", visitor: true, viewportOnly: true }],
});
