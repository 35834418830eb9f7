"use client";

import type { ReactNode } from "react";
import { CheckField, PickList, RadioGroup, TextField } from "@/components/form";
import type { PickOptions } from "@/components/form/use-picks";
import type { FieldView } from "./field-view";
import { SecretField } from "./secret-field";

const shortInput = "[&_input]:max-w-44";

/** The fields of one section, drawn by their kind. */
export function SectionFields({ fields, sites }: { fields: readonly FieldView[]; sites: PickOptions }) {
  const drawn = (shown: readonly FieldView[], within?: Within) => shown.map((field) => <Field key={field.name} field={field} sites={sites} within={within} />);
  const byOption = Map.groupBy(fields, ({ within }) => within);
  const within = [...byOption].flatMap(([option, inner]) => (option === undefined ? [] : [[option, drawn(inner)] as const]));
  return drawn(byOption.get(undefined) ?? [], Object.fromEntries(within));
}

/** The fields below the options of a choice. */
type Within = Record<string, ReactNode>;
type FieldProps = { field: FieldView; sites: PickOptions; within?: Within };

function Field({ field: { name, label, hint, control, secret, placeholder }, sites, within }: FieldProps) {
  switch (control.kind) {
    case "check":
      return <CheckField name={name} label={label} hint={hint} />;
    case "choice":
      return <RadioGroup name={name} label={label} hint={hint} options={control.options} within={within} />;
    case "lines":
      return <TextField name={name} label={label} hint={hint} rows={control.rows} placeholder={placeholder} mono />;
    case "number":
      return (
        <div className={shortInput}>
          <TextField name={name} label={`${label} (${control.unit})`} hint={hint} inputMode="numeric" placeholder={placeholder} />
        </div>
      );
    case "secret":
      return <SecretField name={name} label={label} hint={hint} state={secret} />;
    case "sites":
      return <PickList name={name} label={label} hint={hint} options={sites} byName={{ name: `names.${name}`, label: "More sites by name, one per line" }} />;
    case "text":
      return <TextField name={name} label={label} hint={hint} maxLength={control.maxLength} mono={control.mono} placeholder={placeholder} autoComplete="off" />;
  }
}
