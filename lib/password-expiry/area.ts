import { defineArea } from "../shared/define-area.ts";

export const passwordExpiry = defineArea({
  name: "password-expiry",
  events: {
    "password.expiring": "Remind {subject} of password change",
    "account.suspended": "Suspend account of {subject}",
  },
  silentConstraints: {
    password_reminders_key: "reminding twice is ignored",
  },
  tables: { password_reminders: { auth: "select, insert" } },
  functions: { "accounts_with_old_passwords(uuid, integer, integer, integer, integer)": ["worker"] },
  queues: { "password.remind": { retryLimit: 0 } },
});
