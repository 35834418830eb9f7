import { rfTemplateSections } from "@/lib/rf-templates/sections";
import { type TemplateKind, templateLabels } from "@/lib/templates/rules";

/** RF templates as a kind of template. */
export const rfTemplateKind: TemplateKind = {
  noun: "RF template",
  events: { created: "rf_template.created", updated: "rf_template.updated", deleted: "rf_template.deleted" },
  sectionsOf: () => rfTemplateSections,
};

/** The name of a setting of an RF template in words, with its section; undefined for a path that is none. */
export const rfTemplateLabel = templateLabels(rfTemplateKind);
