import { proseField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";
import { maxNotesLength } from "@/lib/sites/schema";

export const notes = defineSection({
  id: "notes",
  title: "Notes",
  description: "Anything that colleagues should know about this site.",
  fields: { notes: proseField({ label: "Notes", max: maxNotesLength, rows: 4 }) },
});
