"use client";

import { type ChangeEvent, useState } from "react";
import { Note, useField } from "@/components/form";
import { inputClass, labelClass } from "@/components/ui/form-class";
import { fileField } from "@/lib/shared/form-values";
import { fileTooLarge, maxFileSize } from "@/lib/shared/site-import-limits";

const hint = "Up to 1 MB. A list from a spreadsheet, saved as CSV.";

/** A CSV file that is sent as it is; one that is too large is refused before it is sent. */
export function CsvFileField() {
  const { control, note } = useField("file", hint);
  const [isTooLarge, setTooLarge] = useState(false);
  const check = ({ currentTarget: input }: ChangeEvent<HTMLInputElement>) => {
    const tooLarge = (input.files?.[0]?.size ?? 0) > maxFileSize;
    setTooLarge(tooLarge);
    if (tooLarge) input.value = "";
  };
  const error = isTooLarge ? fileTooLarge : note.error;
  return (
    <div className="min-w-0">
      <label className={labelClass} htmlFor={control.id}>
        CSV file
      </label>
      <input {...control} aria-invalid={error ? true : undefined} aria-describedby={`${control.id}-note`} type="file" name={fileField} accept=".csv,.tsv,.txt,text/csv" className={inputClass} onChange={check} />
      <Note {...note} error={error} hint={hint} />
    </div>
  );
}
