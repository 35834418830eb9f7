import { deviceProfileSections } from "@/lib/device-profiles/sections";
import { type TemplateKind, templateLabels } from "@/lib/templates/rules";

/** Device profiles as a kind of template. */
export const deviceProfileKind: TemplateKind = {
  noun: "device profile",
  events: { created: "device_profile.created", updated: "device_profile.updated", deleted: "device_profile.deleted" },
  sectionsOf: (type) => deviceProfileSections[type ?? "ap"],
};

/** The name of a setting of a device profile in words, with its section; undefined for a path that is none. */
export const deviceProfileLabel = templateLabels(deviceProfileKind);
