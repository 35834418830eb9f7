import { defineArea } from "../shared/define-area.ts";

export const certificates = defineArea({
  name: "certificates",
  events: {
    "certificate_authority.created": "Created organization certificate {subject}",
    "certificate_authority.renewed": "Prepared next organization certificate {subject}",
    "certificate_authority.replaced": "Replaced organization certificate by {subject}",
  },
  silentConstraints: {
    certificate_authorities_state_key: "the second of two that are made at the same time is dropped",
  },
  tables: {
    certificate_authorities: {
      app: "select (id, organization_id, state, certificate, valid_to, created_at), insert, update (state), delete",
      worker: "select, insert, update, delete",
    },
  },
  functions: {
    "certificate_authorities_with_old_key(bytea, integer)": ["worker"],
    "orgs_with_due_certificate_authority(uuid, integer, integer)": ["worker"],
  },
  organizationRows: { certificate_authorities: "a part of the organization" },
  queues: { "certificate.issue": {} },
});
