import { checkField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";

export const apConfigPersistence = defineSection({
  id: "ap-config-persistence",
  title: "AP Config Persistence",
  description: "Access points keep their configuration, so that they start without the portal.",
  fields: {
    persist_config_on_device: checkField({ label: "Enable", hint: "Without it, an access point that loses power needs the portal to start again." }),
  },
});
