import { defineSection } from "@/lib/shared/settings/section";

export const upstreamResourceMonitoring = defineSection({
  id: "upstream-resource-monitoring",
  title: "Upstream Resource Monitoring",
  description: "What edges of this site must reach; when they do not, access points move to the next edge.",
});
