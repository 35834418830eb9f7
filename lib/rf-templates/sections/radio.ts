import { defineSection } from "@/lib/shared/settings/section";
import { optionField } from "@/lib/templates/fields";

export const radio = defineSection({
  id: "radio",
  title: "Radio",
  description: "What holds for all bands of an access point.",
  fields: {
    scanning_enabled: optionField<boolean>({ label: "Scanning radio", none: "As the model does", options: [{ value: true, label: "On" }, { value: false, label: "Off" }] }),
    band_24_usage: optionField<string>({
      label: "Dual-band radio",
      none: "As the model does",
      options: [
        { value: "auto", label: "Automatic" },
        { value: "24", label: "2.4 GHz" },
        { value: "5", label: "5 GHz" },
        { value: "6", label: "6 GHz" },
      ],
    }),
  },
});
