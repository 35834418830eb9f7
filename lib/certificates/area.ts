import { defineArea } from "../shared/define-area.ts";

export const certificates = defineArea({
  name: "certificates",
  events: {
    "certificate_authority.created": "Created organization certificate {subject}",
    "certificate_authority.renewed": "Prepared next organization certificate {subject}",
    "certificate_authority.replaced": "Replaced organization certificate by {subject}",
    "certificate_authority.requested": "Asked for the next organization certificate",
    "certificate.expiring": "Reminded Super Users of {subject}",
  },
  silentConstraints: {
    certificate_authorities_state_key: "the second of two that are made at the same time is dropped",
    certificate_reminders_key: "reminding twice is ignored",
  },
  tables: {
    certificate_authorities: {
      app: "select (id, organization_id, state, certificate, valid_to, created_at), update (state), delete",
      worker: "select, insert, update, delete",
    },
    certificate_reminders: { app: "select", worker: "select, insert" },
  },
  functions: {
    "certificate_authorities_with_old_key(bytea, integer)": ["worker"],
    "orgs_with_due_certificate_authority(uuid, integer, integer)": ["worker"],
    "orgs_with_certificates(uuid, integer, integer)": ["worker"],
  },
  organizationRows: { certificate_authorities: "a part of the organization", certificate_reminders: "a part of the organization" },
  queues: { "certificate.issue": {}, "certificate.remind": { retryLimit: 0 } },
  flashMessages: {
    "certificates-added": "RadSec certificate added",
    "certificate-removed": "RadSec certificate removed",
    "device-certificate-set": "AP RadSec certificate saved",
    "device-certificate-removed": "AP RadSec certificate removed",
    "authority-replaced": "New certificate applied",
    "authority-requested": "The new certificate is being made. View it in a few seconds",
  },
  overviewCards: { "certificates-to-renew": { label: "Certificates to renew", path: "settings#certificates", permission: "settings.read", needsAttention: true } },
  downloads: { "settings/organization-certificate": { permission: "settings.read", path: "settings/organization-certificate?format=pem" } },
  actions: {
    renewAuthorityAction: {
      permission: "settings.update",
      page: "settings?dialog=view-certificate",
      button: "Prepare New Certificate",
      effect: "changed",
      refusedOnly: true,
    },
    addRadsecCertificatesAction: {
      permission: "settings.update",
      page: "settings?dialog=add-radsec-certificate",
      button: "Add Certificates",
      fields: { certificates: "{word}" },
      effect: "changed",
      refusedOnly: true,
    },
    removeRadsecCertificateAction: {
      permission: "settings.update",
      page: "settings?dialog=remove-radsec-certificate",
      button: "Remove Certificate",
      effect: "changed",
      refusedOnly: true,
    },
    setDeviceCertificateAction: {
      permission: "settings.update",
      page: "settings?dialog=ap-certificate",
      button: "Save Certificate",
      fields: { privateKey: "{word}", certificate: "{word}" },
      effect: "changed",
      refusedOnly: true,
    },
    removeDeviceCertificateAction: {
      permission: "settings.update",
      page: "settings?dialog=remove-ap-certificate",
      button: "Remove Certificate",
      effect: "changed",
      refusedOnly: true,
    },
  },
  screenshots: [
    { name: "certificate-view", path: "/orgs/[org]/settings?dialog=view-certificate", viewportOnly: true },
    { name: "radsec-certificate-add", path: "/orgs/[org]/settings?dialog=add-radsec-certificate", viewportOnly: true },
    { name: "radsec-certificate-add-error", path: "/orgs/[org]/settings?dialog=add-radsec-certificate", press: "Add Certificates", viewportOnly: true },
    { name: "ap-certificate-set", path: "/orgs/[org]/settings?dialog=ap-certificate", viewportOnly: true },
  ],
});
