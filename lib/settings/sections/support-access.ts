import { checkField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";

export const supportAccess = defineSection({
  id: "support-access",
  title: "Support Access",
  description: "Whether the operator’s support staff may look into this organization to help you.",
  fields: {
    allow_mist: checkField({
      label: "Allow support staff to view this organization",
      hint: "They see sites, settings without secrets, administrators and the audit log, and change nothing. When off, they see its name, plan, orders and tickets only. Every visit is in the audit log.",
      fallback: true,
    }),
  },
});
