import { single } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";
import { linesOf } from "@/lib/shared/variables";
import { Variables, variablesText } from "@/lib/site-variables/schema";

const field = single<Variables>({ label: "Variables", control: { kind: "own" }, value: Variables, form: variablesText, fallback: {}, format: (variables = {}) => linesOf(variables) })("vars");

export const siteVariables = defineSection({
  id: "site-variables",
  title: "Site Variables",
  description: "Values that templates use as {{name}}.",
  fields: { vars: { ...field, toDocument: (value) => ({ vars: Object.keys(value as Variables).length === 0 ? undefined : value }) } },
});
