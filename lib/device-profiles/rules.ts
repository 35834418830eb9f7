import { deviceProfileSections } from "@/lib/device-profiles/sections";
import type { TemplateKind } from "@/lib/templates/rules";

/** Device profiles as a kind of template. */
export const deviceProfileKind: TemplateKind = {
  noun: "device profile",
  events: { created: "device_profile.created", updated: "device_profile.updated", deleted: "device_profile.deleted" },
  sectionsOf: (type) => deviceProfileSections[type ?? "ap"],
};
