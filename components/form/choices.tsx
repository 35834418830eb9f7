"use client";

import type { ReactNode } from "react";
import { checkLabel, labelClass, labelNote, smallText } from "@/components/ui/form-class";
import { type FieldNote, useField } from "./context";
import type { Option } from "./fields";
import { calledBy, Note } from "./note";

type RadioGroupProps = {
  name: string;
  label: string;
  hint?: ReactNode;
  required?: boolean;
  options: readonly Option[];
  /** Content below the chosen option, such as the pick list of "Specific Sites". */
  within?: Record<string, ReactNode>;
};

type ChoicesProps = {
  label: string;
  beside?: ReactNode;
  required?: boolean;
  hint?: ReactNode;
  note: FieldNote;
  options: readonly Option[];
  describedBy?: string;
  children: ReactNode;
};

/** A group of check boxes or radio buttons with legend, hint and error. */
export function Choices({ label, beside, required, hint, note, options, describedBy, children }: ChoicesProps) {
  return (
    <fieldset className="min-w-0" aria-describedby={describedBy}>
      <legend className={`${labelClass} w-full`}>
        {label}
        {required ? <em className={labelNote}> (required)</em> : null}
        {beside ? <em className={labelNote}> {beside}</em> : null}
      </legend>
      {children}
      <Note {...note} hint={hint} called={calledBy(options)} />
    </fieldset>
  );
}

/** Radio buttons with descriptions. */
export function RadioGroup({ name, label, hint, required, options, within }: RadioGroupProps) {
  const { control, value, note } = useField(name, hint);
  return (
    <Choices label={label} required={required} hint={hint} note={note} options={options} describedBy={control["aria-describedby"]}>
      {options.map((option) => (
        <div key={option.value} className="group/choice">
          <label className={checkLabel}>
            <input type="radio" name={name} value={option.value} defaultChecked={value === option.value} />
            <span>
              {option.label}
              {option.description ? <small className={smallText}>{option.description}</small> : null}
            </span>
          </label>
          {within?.[option.value] && <div className="my-2 ms-[26px] hidden group-has-[>label>input:checked]/choice:block">{within[option.value]}</div>}
        </div>
      ))}
    </Choices>
  );
}
