"use client";

import { type KeyboardEvent, type SyntheticEvent, useId, useState } from "react";
import { buttonClass, buttonRow } from "@/components/ui/button";
import { formStack, hintClass, hintText, inputClass, labelClass } from "@/components/ui/form-class";
import { pressedKey } from "@/components/ui/keyboard";
import { LocalDialog } from "@/components/ui/local-dialog";
import { inBraces } from "@/lib/shared/variables";

export type TypedVariable = { name: string; value: string };

type VariableDialogProps = {
  /** The variable that is changed; none for a new one. */
  variable?: TypedVariable;
  /** The names of the other variables. */
  taken: readonly string[];
  save: (variable: TypedVariable) => void;
  remove: () => void;
  close: () => void;
};

type Errors = { name?: string; value?: string };

/** The name and value of a variable; it becomes part of the form, which saves it. */
export function VariableDialog({ variable, taken, save, remove, close }: VariableDialogProps) {
  const [typed, setTyped] = useState({ name: variable ? inBraces(variable.name) : "", value: variable?.value ?? "" });
  const [errors, setErrors] = useState<Errors>({});
  const submit = async () => {
    const { Variable } = await import("@/lib/site-variables/schema");
    const { data, error } = Variable.safeParse(typed);
    if (!data) setErrors(Object.fromEntries(error.issues.map(({ path, message }) => [String(path[0]), message])));
    else if (taken.includes(data.name)) setErrors({ name: `${inBraces(data.name)} exists already` });
    else save(data);
  };
  const submitByEnter = (event: KeyboardEvent) => {
    if (pressedKey(event) === "Enter") void submit();
  };
  // Events of a portal also reach the form of the page.
  const keep = (event: SyntheticEvent) => event.stopPropagation();
  const { name, value } = typed;
  return (
    <LocalDialog title={variable ? "Edit Variable" : "Add Variable"} onClose={close}>
      <div className={formStack} onChange={keep} onBlur={keep}>
        <Field label="Variable" value={name} change={(text) => setTyped({ name: text, value })} press={submitByEnter} error={errors.name} placeholder="{{vlan_guest}}" hint="Letters, digits and underscores." />
        <Field label="Value" value={value} change={(text) => setTyped({ name, value: text })} press={submitByEnter} error={errors.value} placeholder="20-30" />
        <div className={buttonRow}>
          <button type="button" className={buttonClass("primary")} onClick={() => void submit()}>{variable ? "Change Variable" : "Add Variable"}</button>
          <button type="button" className={buttonClass()} onClick={close}>Cancel</button>
          {variable && <button type="button" className={`${buttonClass("quiet")} ms-auto`} onClick={remove}>Delete</button>}
        </div>
        <p className={hintText()}>Save the page to keep the change.</p>
      </div>
    </LocalDialog>
  );
}

type FieldProps = { label: string; value: string; change: (text: string) => void; press: (event: KeyboardEvent) => void; error?: string; placeholder?: string; hint?: string };

function Field({ label, value, change, press, error, placeholder, hint }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="min-w-0">
      <label className={labelClass} htmlFor={id}>{label}</label>
      <input
        id={id}
        className={`${inputClass} [font:13px_var(--font-mono)]`}
        value={value}
        onChange={(event) => change(event.target.value)}
        onKeyDown={press}
        placeholder={placeholder}
        maxLength={1_000}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
      />
      {note && <p id={`${id}-note`} role={error ? "alert" : undefined} className={error ? `mt-[5px] ${hintText("bad")}` : hintClass}>{note}</p>}
    </div>
  );
}
