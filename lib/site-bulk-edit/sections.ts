import type { Section } from "@/lib/shared/settings/section";
import { siteSections } from "@/lib/site-settings/sections";

/** Sections that say what one site is, or that would replace a list of its own. */
const ofOneSite = ["information", "location", "notes", "site-groups", "site-variables", "zones"];

/** The sections that can be changed at several sites at once. */
export const bulkSections: readonly Section[] = siteSections.sections.filter(({ id, fields }) => !ofOneSite.includes(id) && Object.keys(fields).length > 0);
