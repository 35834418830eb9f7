import { numberField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";

const minimumTimeout = 10;
const maximumTimeout = 20_160;

export const sessionPolicy = defineSection({
  id: "session-policy",
  title: "Session Policy",
  description: "When people must sign in again. A shorter time also ends sessions that are open now.",
  fields: {
    session_expiry: numberField({
      label: "Session Timeout after",
      hint: "From 10 minutes to 20,160 (14 days). Empty: the default of this installation.",
      min: minimumTimeout,
      max: maximumTimeout,
      unit: "minutes",
    }),
    ui_idle_timeout: numberField({
      label: "Inactivity Timeout after",
      hint: "Up to 480 minutes; 0 turns it off. Empty: the default of this installation.",
      min: 0,
      max: 480,
      unit: "minutes",
    }),
  },
});
