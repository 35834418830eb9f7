"use client";

import { useRef, useState } from "react";
import { Note, useField } from "@/components/form";
import { useFieldText } from "@/components/settings/use-text";
import { buttonClass, buttonRow, LinkButton } from "@/components/ui/button";
import { inputClass, labelClass } from "@/components/ui/form-class";
import { IconPath } from "@/components/ui/icon-path";
import { plus, upload } from "@/components/ui/icons";
import { compareText } from "@/lib/shared/text-order";
import { readLines } from "@/lib/shared/variables";
import { type TypedVariable, VariableDialog } from "./variable-dialog";
import { VariableTable } from "./variable-table";

const textOf = (variables: readonly TypedVariable[]) =>
  variables.toSorted((one, other) => compareText(one.name, other.name)).map(({ name, value }) => `${name}, ${value}`).join("\n");

/** The variables of a site: without script a text with one per line, with script a table with windows to add and change them. */
export function VariablesField({ importHref }: { importHref: string }) {
  const { control, value = "", note } = useField("vars", true);
  const { field, text, setText } = useFieldText<HTMLTextAreaElement>(String(value));
  const addButton = useRef<HTMLButtonElement>(null);
  // The name of the variable whose window is open; empty for a new one.
  const [open, setOpen] = useState<string>();
  const variables: TypedVariable[] = readLines(text);
  const edited = variables.find(({ name }) => name === open);
  const others = variables.filter((variable) => variable !== edited);

  const close = () => setOpen(undefined);
  const put = (next: readonly TypedVariable[]) => {
    setText(textOf(next));
    close();
  };
  return (
    <div className="grid min-w-0 gap-3">
      <div className="script-off">
        <label className={labelClass} htmlFor={control.id}>Variables</label>
        <textarea {...control} ref={field} rows={6} className={`${inputClass} [font:13px_var(--font-mono)]`} defaultValue={value} autoComplete="off" spellCheck={false} />
      </div>
      <div className="script-on min-w-0">{variables.length > 0 && <VariableTable variables={variables} edit={setOpen} />}</div>
      <Note {...note} hint={<span className="script-off">One per line: name, value</span>} />
      <div className={buttonRow}>
        <button ref={addButton} type="button" className={`${buttonClass()} script-on`} onClick={() => setOpen("")}>
          <IconPath d={plus} />
          Add Variable
        </button>
        <LinkButton href={importHref} icon={upload}>Import Variables</LinkButton>
      </div>
      {open !== undefined && (
        <VariableDialog
          variable={edited}
          taken={others.map(({ name }) => name)}
          save={(typed) => put([...others, typed])}
          remove={() => {
            put(others);
            addButton.current?.focus();
          }}
          close={close}
        />
      )}
    </div>
  );
}
