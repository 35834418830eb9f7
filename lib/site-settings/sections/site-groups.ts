import { single } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";
import { boundedArray, singleLine } from "@/lib/shared/text-schemas";
import { maxGroups, siteFields } from "@/lib/sites/schema";

export const siteGroups = defineSection({
  id: "site-groups",
  title: "Site Groups",
  description: "Groups give administrators access to several sites at once.",
  fields: {
    groups: single<string[]>({
      label: "Site groups",
      control: { kind: "own" },
      value: boundedArray(singleLine(64), maxGroups),
      form: siteFields.groups,
      fallback: [],
      format: (names = []) => names.join(", "),
    }),
  },
});
