import { defineSection } from "@/lib/shared/settings/section";

export const siteProxy = defineSection({
  id: "site-proxy",
  title: "Site Proxy",
  description: "The proxy through which devices of this site reach the portal.",
});
