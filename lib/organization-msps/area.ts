import { defineArea } from "../shared/define-area.ts";

export const organizationMsps = defineArea({
  name: "organization-msps",
  permissions: {
    "msp.read": { allows: "see the Managed Service Provider", roles: ["super_user", "network_admin", "super_observer"] },
    "msp.assign": { allows: "assign the organization to a Managed Service Provider", roles: ["super_user"], needsAllSites: true },
  },
  events: {
    "msp.requested": "Requested assignment to MSP {subject}",
    "msp.withdrawn": "Withdrew request to MSP {subject}",
  },
  constraints: {
    organization_msps_key: { field: "mspId", message: "This organization already has a Managed Service Provider, or has asked one" },
    organization_msps_msp_id_msps_id_fk: { field: "mspId", message: "There is no Managed Service Provider with this ID" },
  },
  flashMessages: {
    "msp-requested": "Request sent",
    "msp-withdrawn": "Request withdrawn",
    "msp-ended": "Assignment ended",
  },
  tables: { organization_msps: { app: "select, insert, delete, update (accepted_at)", worker: "select", auth: "select, delete, update (accepted_at)" } },
  organizationRows: { organization_msps: "the assignment to a Managed Service Provider" },
  functions: { "msp_administrator_emails(uuid)": ["app"] },
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
