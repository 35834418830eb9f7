"use client";

import { type ReactNode, useState } from "react";
import { type FieldNote, useField } from "./context";
import type { Option } from "./fields";
import { calledBy, Note } from "./note";

type RadioGroupProps = {
  name: string;
  label: string;
  hint?: ReactNode;
  required?: boolean;
  options: readonly Option[];
  /** What stands under an option while it is chosen: the pick list of "Specific Sites", for instance. */
  within?: Record<string, ReactNode>;
};

type ChoicesProps = {
  label: string;
  required?: boolean;
  hint?: ReactNode;
  note: FieldNote;
  options: readonly Option[];
  describedBy?: string;
  children: ReactNode;
};

function Choices({ label, required, hint, note, options, describedBy, children }: ChoicesProps) {
  return (
    <fieldset className="field" aria-describedby={describedBy}>
      <legend className="label">
        {label}
        {required ? <em> (required)</em> : null}
      </legend>
      {children}
      <Note {...note} hint={hint} called={calledBy(options)} />
    </fieldset>
  );
}

/** One of a few, each with its description in view. */
export function RadioGroup({ name, label, hint, required, options, within }: RadioGroupProps) {
  const { control, value, note } = useField(name, hint);
  return (
    <Choices label={label} required={required} hint={hint} note={note} options={options} describedBy={control["aria-describedby"]}>
      {options.map((option) => (
        <div key={option.value} className="choice">
          <label className="check">
            <input type="radio" name={name} value={option.value} defaultChecked={value === option.value} />
            <span>
              {option.label}
              {option.description ? <small>{option.description}</small> : null}
            </span>
          </label>
          {within?.[option.value] && <div className="within">{within[option.value]}</div>}
        </div>
      ))}
    </Choices>
  );
}

type PickListProps = { name: string; label: string; hint?: ReactNode; required?: boolean; options: readonly Option[]; none?: string };

/** Any of many, found by typing; always sent as a list, also when it is empty. */
export function PickList({ name, label, hint, required, options, none = "There is nothing to choose from." }: PickListProps) {
  const { control, list, note } = useField(name, hint);
  const [sought, setSought] = useState("");
  const wanted = sought.trim().toLowerCase();
  return (
    <Choices label={label} required={required} hint={hint} note={note} options={options} describedBy={control["aria-describedby"]}>
      <input type="hidden" name={`${name}[]`} value="" />
      <div className="picks" data-wrong={note.error ? "" : undefined}>
        {options.length > 6 && (
          <input
            type="search"
            className="input script-on"
            aria-label={`Find in ${label}`}
            placeholder="Type to find"
            onChange={(event) => setSought(event.target.value)}
            onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
          />
        )}
        <div className="checks">
          {options.length === 0 && <p className="hint">{none}</p>}
          {options.map((option) => (
            <label key={option.value} hidden={!option.label.toLowerCase().includes(wanted)}>
              <input type="checkbox" name={`${name}[]`} value={option.value} defaultChecked={list.includes(option.value)} />
              {option.label}
            </label>
          ))}
        </div>
      </div>
    </Choices>
  );
}
