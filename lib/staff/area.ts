import { defineArea } from "../shared/define-area.ts";

export const staff = defineArea({
  name: "staff",
  events: {
    "account.reinstated": "Reinstated account of {subject}",
    "account.regrouped": "Changed user group of {subject}",
    "organization.made_partner": "Made {subject} a partner",
    "organization.unmade_partner": "Ended partner status of {subject}",
    "msp.administrator_added": { text: "Became MSP administrator", noteSeparator: ": " },
    "msp.administrator_removed": { text: "Removed as MSP administrator", noteSeparator: ": " },
    "support.entered": { text: "Viewed the organization as support staff", noteSeparator: ": " },
    "support.refused": { text: "Refused a visit of support staff", noteSeparator: ": " },
  },
  functions: { "organization_facts(uuid)": ["app"] },
});
