import { checkField, numberField, sitesField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";

export const installer = defineSection({
  id: "installer",
  title: "Installer",
  description: "What administrators with the role Installer can do.",
  fields: {
    "installer.grace_period": numberField({
      label: "Grace period",
      hint: "How long after its installation a device can still be changed by an installer. From 1 to 365 days.",
      min: 1,
      max: 365,
      unit: "days",
      fallback: 7,
    }),
    "installer.allow_all_devices": checkField({ label: "Allow all devices", hint: "Also devices that were installed before the grace period." }),
    "installer.allow_all_sites": checkField({ label: "Allow all sites", hint: "Also sites that the installer has no access to." }),
    "installer.extra_site_ids": sitesField({ label: "Extra sites", hint: "Sites that every installer can use." }),
  },
});
