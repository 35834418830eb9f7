import { defineArea } from "../shared/define-area.ts";

export const accessExpiry = defineArea({
  name: "access-expiry",
  events: {
    "administrator.expiring": "Reminded {subject} that the access ends",
    "administrator.expired": "Access of {subject} ended",
  },
  silentConstraints: {
    access_end_reminders_key: "reminding twice is ignored",
    access_end_reminders_membership_same_org: "the membership is locked before",
  },
  tables: { access_end_reminders: { app: "select, insert", worker: "select, insert" } },
  organizationRows: { access_end_reminders: "a part of the administrators" },
  functions: { "orgs_with_ending_access(uuid, integer, integer)": ["worker"] },
  queues: { "access.expire": { retryLimit: 0 } },
});
