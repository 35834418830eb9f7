import { checkField, numberField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";

export const passwordPolicy = defineSection({
  id: "password-policy",
  title: "Password Policy",
  description: "Applies to everyone with access to this organization, at once. The rules count while the policy is enabled.",
  fields: {
    "password_policy.enabled": checkField({ label: "Enabled" }),
    "password_policy.min_length": numberField({ label: "Minimum length", hint: "From 8 to 64 characters.", min: 8, max: 64, unit: "characters", fallback: 8 }),
    "password_policy.requires_special_char": checkField({ label: "Require special characters" }),
    "password_policy.requires_two_factor_auth": checkField({
      label: "Two factor authentication",
      hint: "Who has not set it up does so at their next request.",
    }),
    "password_policy.expiry_in_days": numberField({
      label: "Password expires after",
      hint: "From 1 to 365 days. Empty: passwords don’t expire by this policy.",
      min: 1,
      max: 365,
      unit: "days",
      placeholder: "Never",
    }),
  },
});
