import type { ReactNode } from "react";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { Section, Sections } from "@/components/ui/section";
import type { FormValues } from "@/lib/shared/form-state";
import type { FieldView } from "./field-view";
import type { SectionView } from "./settings-form";

type SettingsFactsProps = {
  values: FormValues;
  sections: readonly SectionView[];
  siteNames?: ReadonlyMap<string, string>;
  /** The values of fields that the page draws itself, by their names. */
  own?: Readonly<Record<string, ReactNode>>;
};

/** The settings for people who may not change them. */
export function SettingsFacts({ values, sections, siteNames = new Map(), own = {} }: SettingsFactsProps) {
  return (
    <Sections contents={sections}>
      {sections.map(({ id, title, description, fields, panel }) => (
        <Section key={id} id={id} title={title} description={description}>
          {fields.length > 0 && (
            <DescriptionList>
              {fields.map((field) => (
                <Description key={field.name} term={field.label}>
                  {own[field.name] ?? shownValue(field, values[field.name] ?? "", siteNames)}
                </Description>
              ))}
            </DescriptionList>
          )}
          {panel}
        </Section>
      ))}
    </Sections>
  );
}

function shownValue({ control, secret, placeholder }: FieldView, value: string | string[], siteNames: ReadonlyMap<string, string>): string {
  const text = String(value);
  switch (control.kind) {
    case "check":
      return text === "true" ? "On" : "Off";
    case "choice":
      return control.options.find((option) => option.value === text)?.label ?? text;
    case "number":
      return text === "" ? emptyNumber(placeholder, control.unit) : `${text} ${control.unit}`;
    case "secret":
      return secret ?? "Not set";
    case "sites":
      return [value].flat().map((id) => siteNames.get(id) ?? "Deleted site").join(", ") || "None";
    case "rows":
    case "time":
    case "own":
    case "lines":
    case "text":
      return text || "Not set";
  }
}

const emptyNumber = (placeholder: string | undefined, unit: string) => (/^\d+$/.test(placeholder ?? "") ? `${placeholder} ${unit} (default)` : (placeholder ?? "Not set"));
