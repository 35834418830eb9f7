"use client";

import { type KeyboardEvent, type ReactNode, useId } from "react";
import { hintClass, inputClass, optionLabel } from "@/components/ui/form-class";
import { IconPath } from "@/components/ui/icon-path";
import { circleAlert } from "@/components/ui/icons";
import { pressedKey } from "@/components/ui/keyboard";
import { Choices } from "./choices";
import { useField } from "./context";
import { TextField } from "./fields";
import { type PickOptions, usePicks } from "./use-picks";

type PickListProps = {
  name: string;
  label: string;
  hint?: ReactNode;
  required?: boolean;
  /** Single selection. */
  single?: boolean;
  options: PickOptions;
  /** Text field for unlisted options, used without script. */
  byName: { name: string; label: string; hint?: string };
  none?: string;
};

const few = 6;

/** A picker for one or several options; options beyond the first are found by a server search. An empty list is submitted too. */
export function PickList({ name, label, hint, required, single = false, options, byName, none = "Nothing to choose from yet." }: PickListProps) {
  const { control, value, list, note, labels } = useField(name, hint);
  const initial = single ? [value ?? ""].filter(Boolean) : list;
  const theirs = [note.theirs?.now ?? []].flat();
  const { box, rows, count, status, hasFailed, follow, search, retry } = usePicks(options, { initial, theirs, labels, keepsPicked: single });
  const statusId = useId();
  return (
    <Choices
      label={label}
      beside={!single && <span className="noscript:hidden">{count} selected</span>}
      required={required}
      hint={hint}
      note={note}
      options={rows}
      describedBy={control["aria-describedby"]}
    >
      {!single && <input type="hidden" name={`${name}[]`} value="" />}
      <div className={`rounded-md border p-1.5 ${note.error ? "border-bad" : "border-control"}`}>
        {options.total > few && (
          <>
            <SearchBox label={label} statusId={statusId} search={search} retry={hasFailed ? retry : undefined} />
            <Status id={statusId} text={status} hasFailed={hasFailed} />
          </>
        )}
        <div ref={box} className="max-h-55 overflow-auto" onChange={follow}>
          {options.total === 0 && <p className={hintClass}>{none}</p>}
          {rows.map((row) => (
            <label key={row.value} className={optionLabel} hidden={!row.isShown}>
              <input type={single ? "radio" : "checkbox"} name={single ? name : `${name}[]`} value={row.value} defaultChecked={initial.includes(row.value)} />
              {row.label}
            </label>
          ))}
        </div>
      </div>
      {options.total > options.choices.length && (
        <div className="script-off mt-2">
          <TextField {...byName} rows={single ? undefined : 4} autoComplete="off" />
        </div>
      )}
    </Choices>
  );
}

type SearchBoxProps = { label: string; statusId: string; search: (typed: string) => void; retry?: () => void };

function SearchBox({ label, statusId, search, retry }: SearchBoxProps) {
  const press = (event: KeyboardEvent) => {
    if (pressedKey(event) !== "Enter") return;
    event.preventDefault();
    retry?.();
  };
  return (
    <input
      type="search"
      className={`${inputClass} script-on`}
      aria-label={`Search ${label}`}
      aria-describedby={statusId}
      placeholder="Type to search"
      autoComplete="off"
      maxLength={200}
      onChange={(event) => search(event.target.value)}
      onKeyDown={press}
    />
  );
}

function Status({ id, text, hasFailed }: { id: string; text: string; hasFailed: boolean }) {
  return (
    <p id={id} role="status" className={`flex gap-[5px] px-2 text-sm empty:h-1.5 not-empty:py-1.5 ${hasFailed ? "text-bad" : "text-muted"}`}>
      {hasFailed && <IconPath d={circleAlert} />}
      {hasFailed ? <span>The search failed. Press Enter to try again.</span> : text}
    </p>
  );
}
