import { defineArea } from "../shared/define-area.ts";

export const msps = defineArea({
  name: "msps",
  events: {
    "msp.accepted": "Accepted assignment to MSP {subject}",
    "msp.declined": "Declined assignment to MSP {subject}",
    "msp.ended": "Ended assignment to MSP {subject}",
  },
  constraints: {
    msp_administrators_key: { message: "This account is already an administrator of the Managed Service Provider" },
  },
  silentConstraints: {
    msp_administrators_msp_id_msps_id_fk: "the provider is read in the same transaction and is never deleted",
  },
  flashMessages: {
    "msp-accepted": "Organization accepted",
    "msp-declined": "Request declined",
    "msp-organization-ended": "Organization removed",
  },
  tables: {
    msps: { app: "select", worker: "select", auth: "select, insert" },
    msp_administrators: { auth: "select, insert, delete" },
  },
  functions: {
    "msp_organization_contacts(uuid)": ["auth"],
  },
  accountPages: ["/msp/[mspId]"],
});
