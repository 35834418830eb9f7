import { defineSection } from "@/lib/shared/settings/section";

export const sessionSmartConductor = defineSection({
  id: "session-smart-conductor",
  title: "Session Smart Conductor",
  description: "The conductor that the Session Smart routers of this site connect to.",
});
