import { optionalHttpsUrl } from "@/lib/shared/https-url";
import { secretField, textField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";

export const cloudshark = defineSection({
  id: "cloudshark",
  title: "CloudShark Integration",
  description: "Opens packet captures in your CloudShark account.",
  secretsSentTo: { "cloudshark.apitoken": "cloudshark.url" },
  fields: {
    "cloudshark.apitoken": secretField({ label: "API token" }),
    "cloudshark.url": textField({
      label: "URL",
      hint: "Only for CloudShark Enterprise on your own server.",
      schema: optionalHttpsUrl(300),
      maxLength: 300,
      placeholder: "https://cloudshark.example.com",
    }),
  },
});
