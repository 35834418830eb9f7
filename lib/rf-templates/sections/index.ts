import { sectionSet } from "@/lib/shared/settings/section-set";
import { bandSections } from "./bands";
import { information } from "./information";
import { radio } from "./radio";

/** The sections of an RF template, in the order of its page. */
export const rfTemplateSections = sectionSet([information, radio, ...bandSections]);
