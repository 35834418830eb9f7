import type { ReactNode } from "react";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { Section, Sections } from "@/components/ui/section";
import type { FormValues } from "@/lib/shared/form-state";
import { splitCells } from "@/lib/shared/settings/row-text";
import type { RowColumn } from "@/lib/shared/settings/section";
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
                <Description key={field.name} term={field.line === undefined ? field.label : `${field.line}: ${field.label}`}>
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

function shownValue({ control, secret, placeholder }: FieldView, value: string | string[], siteNames: ReadonlyMap<string, string>): ReactNode {
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
      return text === "" ? "None" : <RowsFacts columns={control.columns} text={text} />;
    case "lines":
      return <span className="whitespace-pre-line">{text || "Not set"}</span>;
    case "time":
    case "own":
    case "text":
      return text || "Not set";
  }
}

function RowsFacts({ columns, text }: { columns: readonly RowColumn[]; text: string }) {
  const shown = (line: string) => splitCells(line, columns.length).flatMap((cell, at) => {
    const { label, options } = columns[at] ?? {};
    const words = options?.find(({ value }) => value === cell)?.label ?? cell;
    return cell === "" ? [] : [at === 0 ? words : `${label} ${words}`];
  });
  return (
    <ol className="grid list-none gap-1 p-0">
      {text.split("\n").map((line) => (
        <li key={line} className="wrap-anywhere">{shown(line).join(", ")}</li>
      ))}
    </ol>
  );
}

const emptyNumber = (placeholder: string | undefined, unit: string) => (/^\d+$/.test(placeholder ?? "") ? `${placeholder} ${unit} (default)` : (placeholder ?? "Not set"));
