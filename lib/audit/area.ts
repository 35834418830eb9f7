import { defineArea } from "../shared/define-area.ts";

export const audit = defineArea({
  name: "audit",
  permissions: {
    "audit.read": { allows: "see the audit log", roles: ["super_user", "network_admin", "super_observer"] },
    "audit.export": { allows: "export the audit log", roles: ["super_user", "network_admin", "super_observer"] },
  },
  events: {
    "access.denied": "Not allowed to {subject}",
    "audit.exported": "Exported audit log",
  },
  silentConstraints: {
    access_denials_key: "upserted",
    audit_actors_key: "upserted",
    audit_entries_key: "holds a random id",
    audit_entry_counts_key: "upserted",
    deleted_sites_key: "a site is deleted once",
  },
  menu: { label: "Audit Logs", path: "audit-log", icon: "scroll-text", permission: "audit.read" },
  overviewCards: {
    "recent-activity": { label: "Recent activity", path: "audit-log?period=7d", permission: "audit.read" },
  },
  tables: {
    audit_entries: { app: "select, insert", worker: "select, insert", auth: "insert" },
    audit_actors: { app: "select, insert, update", worker: "select, insert, update", auth: "select, insert, update" },
    access_denials: { app: "select, insert, update", worker: "select, delete", auth: "select, insert, update" },
    deleted_sites: { app: "select, insert, delete", worker: "select" },
    audit_entry_counts: { app: "select", worker: "select" },
  },
  organizationRows: {
    audit_entries: [{ one: "audit entry", many: "audit entries" }],
    audit_actors: "a part of the audit log",
    audit_entry_counts: "a part of the audit log",
    access_denials: "a part of the audit log",
    deleted_sites: "a part of the audit log",
  },
  functions: {
    "ensure_audit_partitions(date, integer)": ["worker"],
    "drop_audit_partitions(date)": ["worker"],
    "purge_audit_entry_counts(timestamptz)": ["worker"],
  },
  queues: { "audit.maintain": { retryLimit: 3, expireInSeconds: 3_600 } },
  pages: { "audit-log": { permission: "audit.read" } },
  downloads: { "audit-log/download": { permission: "audit.export" } },
  screenshots: [
    { name: "audit-log", path: "/orgs/[org]/audit-log" },
    { name: "audit-log-week", path: "/orgs/[org]/audit-log?period=7d", viewportOnly: true },
    { name: "audit-log-empty", path: "/orgs/[org]/audit-log?message=nothing+like+this" },
    { name: "audit-log-periods", path: "/orgs/[org]/audit-log", open: "Today", viewportOnly: true },
    { name: "audit-log-admins", path: "/orgs/[org]/audit-log", open: "Admin", viewportOnly: true },
    { name: "audit-log-entry", path: "/orgs/[org]/audit-log?entry=[entry]", viewportOnly: true },
  ],
});
