"use client";

import { type ChangeEvent, useId } from "react";
import { hintClass, inputClass, labelClass, labelNote } from "@/components/ui/form-class";
import { textOfFile } from "@/lib/shared/decode-text";
import { fileField } from "@/lib/shared/form-values";
import { setFieldValue } from "./form-controls";

type TextFileFieldProps = { into: string; maxLength: number; label: string; accept: string; hint: string };

/** A file whose text goes into a text field: at once, or without script when the form is sent. */
export function TextFileField({ into, maxLength, label, accept, hint }: TextFileFieldProps) {
  const id = useId();
  const load = async ({ currentTarget: input }: ChangeEvent<HTMLInputElement>) => {
    const [file] = input.files ?? [];
    if (!file || !input.form) return;
    setFieldValue(input.form, into, await textOfFile(file, maxLength));
    input.value = "";
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  return (
    <div className="min-w-0">
      <label className={labelClass} htmlFor={id}>
        {label}
        <em className={labelNote}> (optional)</em>
      </label>
      <input id={id} type="file" name={fileField} accept={accept} className={inputClass} aria-describedby={`${id}-note`} onChange={(event) => void load(event)} />
      <p id={`${id}-note`} className={hintClass}>
        {hint}
      </p>
    </div>
  );
}
