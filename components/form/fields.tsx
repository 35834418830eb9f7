"use client";

import { type ReactNode, useState } from "react";
import { checkLabel, inputClass, labelClass, labelNote, selectClass } from "@/components/ui/form-class";
import { IconPath } from "@/components/ui/icon-path";
import { eye, eyeOff } from "@/components/ui/icons";
import { useField } from "./context";
import { calledBy, Note } from "./note";

type Labelled = { name: string; label: string; hint?: ReactNode; required?: boolean };

function Label({ htmlFor, label, required, optional }: { htmlFor: string; label: string; required?: boolean; optional?: boolean }) {
  return (
    <label className={labelClass} htmlFor={htmlFor}>
      {label}
      {required ? <em className={labelNote}> (required)</em> : null}
      {optional ? <em className={labelNote}> (optional)</em> : null}
    </label>
  );
}

type TextFieldProps = Labelled & {
  type?: "text" | "email" | "tel" | "url" | "search" | "number" | "date" | "time" | "datetime-local";
  autoComplete?: string;
  inputMode?: "text" | "numeric" | "decimal" | "email" | "tel" | "url";
  placeholder?: string;
  maxLength?: number;
  /** The earliest day of a date. */
  min?: string;
  mono?: boolean;
  readOnly?: boolean;
  autoFocus?: boolean;
  /** Says so in the label, in forms where most fields are required. */
  optional?: boolean;
  /** Multi-line. */
  rows?: number;
};

export function TextField({ name, label, hint, required, optional, rows, mono, type = "text", ...rest }: TextFieldProps) {
  const { control, value, note } = useField(name, hint);
  const common = { ...control, ...rest, className: mono ? `${inputClass} [font:13px_var(--font-mono)]` : inputClass, defaultValue: value };
  return (
    <div className="min-w-0">
      <Label htmlFor={control.id} label={label} required={required} optional={optional} />
      {rows ? <textarea {...common} rows={rows} aria-required={required} /> : <input {...common} type={type} aria-required={required} />}
      <Note {...note} hint={hint} />
    </div>
  );
}

type PasswordFieldProps = Labelled & {
  autoComplete: "current-password" | "new-password";
  beside?: ReactNode;
  /** Called with the value on input. */
  onType?: (typed: string) => void;
  /** The id of a further description. */
  describedBy?: string;
};

const eyeButton = "absolute inset-y-0 right-0 grid w-9 place-items-center rounded-md text-muted";

/** A password input, never rendered with a value, with a button to show it. */
export function PasswordField({ name, label, hint, required, autoComplete, beside, onType, describedBy }: PasswordFieldProps) {
  const { control, note } = useField(name, hint);
  const [visible, setVisible] = useState(false);
  return (
    <div className="min-w-0">
      <div className="flex items-start justify-between text-sm [&_a]:-my-1 [&_a]:py-1 [&_a]:text-accent">
        <Label htmlFor={control.id} label={label} required={required} />
        {beside}
      </div>
      <div className="relative">
        <input
          {...control}
          aria-describedby={[control["aria-describedby"], describedBy].filter(Boolean).join(" ") || undefined}
          onChange={onType && ((event) => onType(event.target.value))}
          type={visible ? "text" : "password"}
          className={`${inputClass} pe-10`}
          autoComplete={autoComplete}
          autoCapitalize="off"
          spellCheck={false}
          maxLength={256}
          aria-required={required}
        />
        <button type="button" className={`${eyeButton} script-on`} aria-pressed={visible} aria-controls={control.id} onClick={() => setVisible(!visible)}>
          <IconPath d={visible ? eyeOff : eye} />
          <span className="sr-only">Show {label.toLowerCase()}</span>
        </button>
      </div>
      <Note {...note} hint={hint} />
    </div>
  );
}

/** A hidden username for password managers, in forms without an email field. */
export function PasswordOwner({ email }: { email: string }) {
  return <input type="email" name="username" defaultValue={email} autoComplete="username" readOnly hidden />;
}

export type Option = { value: string; label: string; description?: ReactNode };

type SelectFieldProps = Labelled & { options: readonly Option[]; placeholder?: string; autoComplete?: string };

/** A select; a saved value that is no longer an option stays selected, such as a renamed time zone. */
export function SelectField({ name, label, hint, required, options, placeholder, autoComplete }: SelectFieldProps) {
  const { control, value, note } = useField(name, hint);
  const lacks = value !== undefined && value !== "" && !options.some((option) => option.value === value);
  return (
    <div className="min-w-0">
      <Label htmlFor={control.id} label={label} required={required} />
      <select {...control} className={selectClass} defaultValue={value} autoComplete={autoComplete} aria-required={required}>
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {lacks && <option value={value}>{value}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Note {...note} hint={hint} called={calledBy(options)} />
    </div>
  );
}

/** A check box that submits "true" when checked, else nothing. */
export function CheckField({ name, label, hint }: Labelled) {
  const { control, value, note } = useField(name, hint);
  return (
    <div className="min-w-0">
      <label className={checkLabel}>
        <input {...control} type="checkbox" value="true" defaultChecked={value === "true"} />
        <span>{label}</span>
      </label>
      <Note {...note} hint={hint} called={(value) => (value === "true" ? "on" : "off")} indented />
    </div>
  );
}

export function HiddenField({ name, value }: { name: string; value: string }) {
  return <input type="hidden" name={name} value={value} />;
}
