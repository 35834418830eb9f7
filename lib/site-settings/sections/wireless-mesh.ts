import { defineSection } from "@/lib/shared/settings/section";

export const wirelessMesh = defineSection({
  id: "wireless-mesh",
  title: "Wireless Mesh",
  description: "Access points without a cable connect through others.",
});
