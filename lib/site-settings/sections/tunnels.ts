import { defineSection } from "@/lib/shared/settings/section";

export const tunnels = defineSection({
  id: "tunnels",
  title: "Mist Tunnels",
  description: "Tunnels to the edge clusters of this site.",
});
