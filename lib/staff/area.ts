import { defineArea } from "../shared/define-area.ts";

export const staff = defineArea({
  name: "staff",
  events: {
    "account.reinstated": "Reinstate account of {subject}",
    "account.regrouped": "Change user group of {subject}",
    "organization.made_partner": "Mark as partner {subject}",
    "organization.unmade_partner": "Unmark as partner {subject}",
  },
});
