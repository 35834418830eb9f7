import { defineArea } from "../shared/define-area.ts";

export const msps = defineArea({
  name: "msps",
  permissions: {
    "msp.read": { allows: "see the Managed Service Provider", roles: ["super_user", "network_admin", "super_observer"] },
    "msp.assign": { allows: "assign the organization to a Managed Service Provider", roles: ["super_user"], needsAllSites: true },
  },
  events: {
    "msp.requested": "Requested assignment to MSP {subject}",
    "msp.withdrawn": "Withdrew request to MSP {subject}",
    "msp.accepted": "Accepted assignment to MSP {subject}",
    "msp.declined": "Declined assignment to MSP {subject}",
    "msp.ended": "Ended assignment to MSP {subject}",
  },
  constraints: {
    organization_msps_key: { field: "mspId", message: "This organization already has a Managed Service Provider, or has asked one" },
    organization_msps_msp_id_msps_id_fk: { field: "mspId", message: "There is no Managed Service Provider with this ID" },
    msp_administrators_key: { message: "This account is already an administrator of the Managed Service Provider" },
  },
  silentConstraints: {
    msp_administrators_msp_id_msps_id_fk: "the provider is read in the same transaction and is never deleted",
  },
  flashMessages: {
    "msp-requested": "Request sent",
    "msp-withdrawn": "Request withdrawn",
    "msp-ended": "Assignment ended",
    "msp-accepted": "Organization accepted",
    "msp-declined": "Request declined",
    "msp-organization-ended": "Organization removed",
  },
  tables: {
    msps: { app: "select", worker: "select", auth: "select, insert" },
    msp_administrators: { auth: "select, insert, delete" },
    organization_msps: { app: "select, insert, delete, update (accepted_at)", worker: "select", auth: "select, delete, update (accepted_at)" },
  },
  organizationRows: { organization_msps: "the assignment to a Managed Service Provider" },
  functions: {
    "msp_administrator_emails(uuid)": ["app"],
    "msp_organization_contacts(uuid)": ["auth"],
  },
  accountPages: ["/msp/[mspId]"],
  actions: {
    assignMspAction: {
      permission: "msp.assign",
      page: "settings?dialog=assign-msp",
      button: "Assign to an MSP",
      fields: { mspId: "0190b6c2-1f3a-7c44-9a51-4f1c2a5d7e80" },
      effect: "none",
      refusedOnly: true,
    },
    endMspAction: { permission: "msp.assign", page: "settings?dialog=end-msp", button: "End Assignment", effect: "none", refusedOnly: true },
  },
  screenshots: [
    { name: "settings-assign-msp", path: "/orgs/[org]/settings?dialog=assign-msp", viewportOnly: true },
    { name: "settings-end-msp", path: "/orgs/[org]/settings?dialog=end-msp", viewportOnly: true },
  ],
});
