import { defineArea } from "../shared/define-area.ts";

export const auditChain = defineArea({
  name: "audit-chain",
  permissions: {
    "audit.verify": { allows: "verify the audit log", roles: ["super_user", "network_admin", "super_observer"], needsAllSites: true },
  },
  events: { "audit.verification_started": "Started verification of audit log" },
  silentConstraints: {
    audit_chains_key: "upserted",
    audit_chain_links_key: "counted while the end of the chain is locked",
    audit_checkpoints_key: "numbered under a lock",
    audit_removals_key: "numbered under a lock",
    audit_verifications_key: "upserted",
  },
  tables: {
    audit_chains: { app: "select", worker: "select" },
    audit_chain_links: { app: "select", worker: "select" },
    audit_checkpoints: { app: "select", worker: "select, insert, delete" },
    audit_removals: { app: "select", worker: "select, insert" },
    audit_verifications: { app: "select, insert, update", worker: "select, update" },
  },
  organizationRows: {
    audit_chains: "a part of the audit log",
    audit_chain_links: "a part of the audit log",
    audit_checkpoints: "a part of the audit log",
    audit_removals: "a part of the audit log",
    audit_verifications: "a part of the audit log",
  },
  functions: {
    "audit_chains_to_backfill(integer)": ["worker"],
    "backfill_audit_chain(uuid, integer)": ["worker"],
    "audit_chains_to_sign(text)": ["worker"],
    "audit_chain_organizations()": ["worker"],
    "trim_audit_chain(uuid, bigint)": ["worker"],
    "mark_deleted_actors()": ["worker"],
    "actors_to_purge()": ["worker"],
    "purge_actor_entries(uuid, uuid, integer)": ["worker"],
    "purge_actor(uuid, uuid)": ["worker"],
  },
  queues: { "audit.checkpoint": { retryLimit: 0, expireInSeconds: 900 }, "audit.verify": { retryLimit: 3, expireInSeconds: 3_600 } },
  flashMessages: { "verification-started": "Verification started" },
  downloads: { "audit-log/verification": { permission: "audit.verify" } },
  actions: {
    startVerificationAction: { permission: "audit.verify", page: "audit-log?dialog=verify", button: "Verify now", effect: "none" },
  },
  screenshots: [{ name: "audit-log-verify", path: "/orgs/[org]/audit-log?dialog=verify", viewportOnly: true }],
});
