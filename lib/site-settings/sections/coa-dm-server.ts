import { defineSection } from "@/lib/shared/settings/section";

export const coaDmServer = defineSection({
  id: "coa-dm-server",
  title: "CoA/DM Server",
  description: "Servers that may change or end the sessions of clients.",
});
