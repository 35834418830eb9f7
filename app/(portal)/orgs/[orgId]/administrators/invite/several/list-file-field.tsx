"use client";

import { type ChangeEvent, useId } from "react";
import { setFieldValue } from "@/components/form/form-controls";
import { hintClass, inputClass, labelClass, labelNote } from "@/components/ui/form-class";
import { textOfFile } from "@/lib/shared/decode-text";
import { fileField } from "@/lib/shared/form-values";

/** A file whose text goes into a text field: at once, or without script when the form is sent. */
export function ListFileField({ into, maxLength }: { into: string; maxLength: number }) {
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
        CSV file<em className={labelNote}> (optional)</em>
      </label>
      <input id={id} type="file" name={fileField} accept=".csv,.tsv,.txt,text/csv" className={inputClass} aria-describedby={`${id}-note`} onChange={(event) => void load(event)} />
      <p id={`${id}-note`} className={hintClass}>
        The first line names the columns: Email, and optionally First name, Last name and Phone. Other columns are ignored.
      </p>
    </div>
  );
}
