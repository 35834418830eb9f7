import { defineSection } from "@/lib/shared/settings/section";

export const accessPointSettings = defineSection({
  id: "access-point-settings",
  title: "Access Point Settings",
  description: "What the access points of this site do by themselves.",
});
