import { defineArea } from "../shared/define-area.ts";

export const passwordExpiry = defineArea({
  name: "password-expiry",
  events: {
    "password.expiring": "Reminded {subject} to change the password",
    "account.suspended": "Suspended account of {subject}",
  },
  silentConstraints: {
    password_reminders_key: "reminding twice is ignored",
  },
  tables: { password_reminders: { auth: "select, insert" } },
  functions: { "accounts_with_old_passwords(uuid, integer, integer, integer, integer)": ["worker"] },
  queues: { "password.remind": { retryLimit: 0 } },
});
