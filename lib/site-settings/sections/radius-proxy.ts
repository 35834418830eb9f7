import { defineSection } from "@/lib/shared/settings/section";

export const radiusProxy = defineSection({
  id: "radius-proxy",
  title: "Radius Proxy",
  description: "Edges of this site pass RADIUS requests on to your servers.",
});
