import { defineArea } from "../shared/define-area.ts";

export const overview = defineArea({
  name: "overview",
  events: { "first_steps.dismissed": "Dismissed first steps" },
  flashMessages: { "first-steps-dismissed": "First steps dismissed" },
  menu: { label: "Overview", path: "", icon: "house", permission: "organization.read" },
  pages: { "": { permission: "organization.read" } },
  screenshots: [{ name: "overview", path: "/orgs/[org]" }],
});
