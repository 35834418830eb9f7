import { EmailAddress } from "@/lib/shared/email-address";
import { checkField, listField, numberField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";

const line = "Occupant Types";
const notifications = "zone_occupancy_alert.enabled";
const recipients = "zone_occupancy_alert.email_notifiers";

export const occupancyAnalytics = defineSection({
  id: "occupancy-analytics",
  title: "Occupancy Analytics",
  description: "Who counts as an occupant, and who is told when a zone is over its capacity.",
  fields: {
    "occupancy.min_duration": numberField({
      label: "Minimum Dwell Duration",
      hint: "How long someone must be present to count as an occupant. Up to 86,400 seconds (24 hours).",
      min: 0,
      max: 86_400,
      unit: "seconds",
      fallback: 3_000,
    }),
    "occupancy.clients_enabled": checkField({ label: "Connected WiFi Clients", line, fallback: true }),
    "occupancy.unconnected_clients_enabled": checkField({ label: "Unconnected WiFi clients", line }),
    "occupancy.sdkclients_enabled": checkField({ label: "Mobile Apps", line, hint: "Apps that are made with the mobile SDK." }),
    "occupancy.assets_enabled": checkField({ label: "Assets/Badges", line, hint: "Named Bluetooth tags on badges and valuables." }),
    [notifications]: checkField({ label: "Notifications", hint: "Emails when a zone is over its capacity. They begin once floor plans with zones and capacities exist." }),
    "zone_occupancy_alert.threshold": numberField({
      label: "Compliance Duration",
      hint: "How long a zone must be over its capacity before anyone is told. 0 is at once, 30 the most.",
      min: 0,
      max: 30,
      unit: "minutes",
      fallback: 5,
    }),
    [recipients]: listField({ label: "Email Addresses", hint: "One per line, up to 30.", item: EmailAddress, max: 30 }),
  },
  check(values) {
    const isMissing = values[notifications] === true && Array.isArray(values[recipients]) && values[recipients].length === 0;
    return isMissing ? { [recipients]: "Enter at least one address for the notifications" } : undefined;
  },
});
