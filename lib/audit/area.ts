import { defineArea } from "../shared/define-area.ts";

export const audit = defineArea({
  name: "audit",
  permissions: {
    "audit.read": { roles: ["super_user", "network_admin", "super_observer"] },
    "audit.export": { roles: ["super_user", "network_admin", "super_observer"] },
  },
  events: {
    "access.denied": "Denied: {subject}",
    "audit.exported": "Export audit log",
  },
  silentConstraints: {
    audit_actors_key: "upserted",
    audit_entries_key: "holds a random id",
    audit_entry_counts_key: "upserted",
  },
  menu: { label: "Audit Logs", path: "audit-log", icon: "scroll-text", permission: "audit.read" },
  tables: {
    audit_entries: { app: "select, insert", worker: "select, insert", auth: "insert" },
    audit_actors: { app: "select, insert, update", worker: "select, insert, update", auth: "select, insert, update" },
    audit_entry_counts: { app: "select", worker: "select" },
  },
  functions: {
    "ensure_audit_partitions(date, integer)": ["worker"],
    "drop_audit_partitions(date)": ["worker"],
    "purge_audit_entry_counts(timestamptz)": ["worker"],
  },
  queues: { "audit.maintain": { retryLimit: 3 } },
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
