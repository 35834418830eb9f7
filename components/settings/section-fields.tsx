"use client";

import type { ReactNode } from "react";
import { CheckField, PickList, RadioGroup, SelectField, TextField } from "@/components/form";
import type { PickOptions } from "@/components/form/use-picks";
import { labelClass } from "@/components/ui/form-class";
import type { FieldView } from "./field-view";
import { RowsField } from "./rows-field";
import { SecretField } from "./secret-field";

const shortInput = "[&_input]:max-w-44";

type SectionFieldsProps = { fields: readonly FieldView[]; sites?: PickOptions; own?: Readonly<Record<string, ReactNode>> };

/** The fields of one section, drawn by their kind. */
export function SectionFields({ fields, sites, own = {} }: SectionFieldsProps) {
  const drawn = (shown: readonly FieldView[], within?: Within) => linesOf(shown).map(([line, inLine], at, lines) => {
    const drawnFields = inLine.map((field) => own[field.name] ?? <Field key={field.name} field={field} sites={sites} within={within} />);
    if (line === undefined) return drawnFields;
    const isChecks = inLine.every(({ control }) => control.kind === "check");
    return isChecks ? <CheckList key={line} title={line}>{drawnFields}</CheckList> : <FieldLine key={line} title={line} count={inLine.length} repeats={hasSameLabels(inLine, lines[at - 1]?.[1])}>{drawnFields}</FieldLine>;
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

const hasSameLabels = (fields: readonly FieldView[], above: readonly FieldView[] = []) => fields.length === above.length && fields.every(({ label }, at) => label === above[at]?.label);

const lineColumns: Readonly<Record<number, string>> = {
  2: "grid-cols-[7rem_repeat(2,minmax(0,11rem))]",
  3: "grid-cols-[6rem_repeat(3,minmax(0,1fr))]",
};

type FieldLineProps = {
  title: string;
  count: number;
  /** The line above has the same labels, which then stand there only. */
  repeats: boolean;
  children: ReactNode;
};

const labelled = "[&>div:has(>label>input[type=checkbox])]:sm:mt-6 [&>legend>span]:sm:mt-7";
const repeated = "[&>div]:relative sm:[&_label:not(:has(input))]:sr-only sm:-mt-2 [&>legend>span]:sm:mt-1.5";

function FieldLine({ title, count, repeats, children }: FieldLineProps) {
  return (
    <fieldset className={`grid items-start gap-x-3 gap-y-2 max-sm:grid-cols-2 ${lineColumns[count] ?? lineColumns[2]} ${repeats ? repeated : labelled}`}>
      <legend className="contents">
        <span className="font-medium max-sm:col-span-2">{title}</span>
      </legend>
      {children}
    </fieldset>
  );
}

function CheckList({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className={labelClass}>{title}</legend>
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
          <TextField name={name} label={`${label} (${control.unit})`} hint={hint} inputMode={control.signed ? "text" : "numeric"} placeholder={placeholder} />
        </div>
      );
    case "rows":
      return <RowsField name={name} label={label} hint={hint} columns={control.columns} max={control.max} add={control.add} ordered={control.ordered} />;
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
