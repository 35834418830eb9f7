import { dayNames } from "@/lib/firmware/schema";
import { checkField, choiceField, timeField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";

const { any, ...days } = dayNames;

export const wanEdgeAdvancedSecurity = defineSection({
  id: "wan-edge-advanced-security",
  title: "WAN Edge Advanced Security",
  description: "When signatures of WAN edges are updated. Valid licenses must be loaded onto the devices.",
  fields: {
    "gateway_mgmt.auto_signature_update.enable": checkField({ label: "Update signatures automatically", fallback: true }),
    "gateway_mgmt.auto_signature_update.day_of_week": choiceField({
      label: "Day of Week",
      as: "select",
      options: [{ value: "any", label: any }, ...Object.entries(days).map(([value, label]) => ({ value, label }))],
    }),
    "gateway_mgmt.auto_signature_update.time_of_day": timeField({ label: "Time of Day", hint: "In the time zone of the site. Empty: any time." }),
    "srx_app.enabled": checkField({ label: "My SRX devices have an App Track license" }),
  },
});
