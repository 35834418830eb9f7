"use client";

import type { ReactNode } from "react";
import { CheckField, PickList, RadioGroup, SelectField, TextField } from "@/components/form";
import type { PickOptions } from "@/components/form/use-picks";
import type { FieldView } from "./field-view";
import { RowsField } from "./rows-field";
import { SecretField } from "./secret-field";

const shortInput = "[&_input]:max-w-44";

type SectionFieldsProps = { fields: readonly FieldView[]; sites?: PickOptions; own?: Readonly<Record<string, ReactNode>> };

/** The fields of one section, drawn by their kind. */
export function SectionFields({ fields, sites, own = {} }: SectionFieldsProps) {
  const drawn = (shown: readonly FieldView[], within?: Within) => linesOf(shown).map(([line, inLine]) => {
    const drawnFields = inLine.map((field) => own[field.name] ?? <Field key={field.name} field={field} sites={sites} within={within} />);
    return line === undefined ? drawnFields : <FieldLine key={line} title={line}>{drawnFields}</FieldLine>;
  });
  const byOption = Map.groupBy(fields, ({ within }) => within);
  const within = [...byOption].flatMap(([option, inner]) => (option === undefined ? [] : [[option, <div key={option} className="grid gap-4">{drawn(inner)}</div>] as const]));
  return drawn(byOption.get(undefined) ?? [], Object.fromEntries(within));
}

/** Neighbouring fields that stand in one line, each other field alone. */
function linesOf(fields: readonly FieldView[]): [string | undefined, FieldView[]][] {
  const lines: [string | undefined, FieldView[]][] = [];
  for (const field of fields) {
    const last = lines.at(-1);
    if (last && field.line !== undefined && last[0] === field.line) last[1].push(field);
    else lines.push([field.line, [field]]);
  }
  return lines;
}

function FieldLine({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="grid grid-cols-[7rem_repeat(2,minmax(0,11rem))] items-end gap-3 max-sm:grid-cols-2">
      <legend className="contents">
        <span className="self-center font-medium max-sm:col-span-2">{title}</span>
      </legend>
      {children}
    </fieldset>
  );
}

/** The fields below the options of a choice. */
type Within = Record<string, ReactNode>;
type FieldProps = { field: FieldView; sites?: PickOptions; within?: Within };

function Field({ field, sites, within }: FieldProps) {
  const { name, label, hint, control, secret, placeholder, required } = field;
  switch (control.kind) {
    case "check":
      return <CheckField name={name} label={label} hint={hint} />;
    case "choice":
      if (control.as === "select") return <SelectField name={name} label={label} hint={hint} options={control.options} />;
      return <RadioGroup name={name} label={label} hint={hint} options={control.options} within={within} />;
    case "lines":
      return <TextField name={name} label={label} hint={hint} rows={control.rows} placeholder={placeholder} mono={!control.prose} />;
    case "number":
      return (
        <div className={shortInput}>
          <TextField name={name} label={`${label} (${control.unit})`} hint={hint} inputMode="numeric" placeholder={placeholder} />
        </div>
      );
    case "rows":
      return <RowsField name={name} label={label} hint={hint} columns={control.columns} max={control.max} add={control.add} />;
    case "secret":
      return <SecretField name={name} label={label} hint={hint} state={secret} />;
    case "sites":
      return sites && <PickList name={name} label={label} hint={hint} options={sites} byName={{ name: `names.${name}`, label: "More sites by name, one per line" }} />;
    case "text":
      return <TextField name={name} label={label} hint={hint} maxLength={control.maxLength} mono={control.mono} placeholder={placeholder} required={required} autoComplete="off" />;
    case "time":
      return (
        <div className={shortInput}>
          <TextField name={name} label={label} hint={hint} type="time" />
        </div>
      );
    case "own":
      return null;
  }
}
