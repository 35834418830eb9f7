"use client";

import { useRef, useState } from "react";
import { Note, useField } from "@/components/form";
import { useFieldText } from "@/components/settings/use-text";
import { buttonClass } from "@/components/ui/button";
import { inputClass, labelClass } from "@/components/ui/form-class";
import type { ModelChoice } from "@/lib/firmware/rules";
import { type CustomVersions, customVersionsToText, readableVersions } from "@/lib/shared/version-lines";
import { VersionDialog } from "./version-dialog";

const hint = "One model and version per line, like AP41 0.14.29633.";

const labelOf = (models: readonly ModelChoice[], model: string, version: string) =>
  models.find((choice) => choice.model === model)?.versions.find((release) => release.version === version)?.label ?? version;

/** A firmware version per model: a text with a line per model, which with script is filled in by a dialog. */
export function FirmwareVersions({ name, models }: { name: string; models: readonly ModelChoice[] }) {
  const { control, value = "", note } = useField(name, hint);
  const { field, text, setText } = useFieldText<HTMLTextAreaElement>(value);
  const opener = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const chosen = readableVersions(text);
  return (
    <div className="min-w-0">
      <div className="script-off">
        <label className={labelClass} htmlFor={control.id}>Version per model</label>
        <textarea {...control} ref={field} rows={5} className={`${inputClass} [font:13px_var(--font-mono)]`} defaultValue={value} autoComplete="off" spellCheck={false} />
      </div>
      <div className="script-on">
        <Chosen models={models} chosen={chosen} />
        <button ref={opener} type="button" data-stands-for={name} className={buttonClass()} aria-haspopup="dialog" aria-describedby={control["aria-describedby"]} onClick={() => setOpen(true)}>
          Select Version
        </button>
        {isOpen && (
          <VersionDialog
            models={models}
            chosen={chosen}
            choose={(versions) => setText(customVersionsToText(versions))}
            close={() => {
              setOpen(false);
              opener.current?.focus();
            }}
          />
        )}
      </div>
      <Note {...note} hint={<span className="script-off">{hint}</span>} />
    </div>
  );
}

type ChosenProps = { models: readonly ModelChoice[]; chosen: CustomVersions };

function Chosen({ models, chosen }: ChosenProps) {
  const entries = Object.entries(chosen);
  if (entries.length === 0) return <p className="mb-2 text-muted">No versions selected.</p>;
  return (
    <ul className="mb-2 grid list-none gap-1 p-0" aria-label="Selected versions">
      {entries.map(([model, version]) => (
        <li key={model} className="grid grid-cols-[5rem_minmax(0,1fr)] gap-2 wrap-anywhere">
          <span className="font-medium">{model}</span>
          <span className="tabular-nums">{labelOf(models, model, version)}</span>
        </li>
      ))}
    </ul>
  );
}
