"use client";

import { type MouseEvent, type ReactNode, useState } from "react";
import { hintText } from "@/components/ui/form-class";
import { IconPath } from "@/components/ui/icon-path";
import { circleAlert, history } from "@/components/ui/icons";
import { textLink } from "@/components/ui/text-link";
import { isOwnUpdate } from "@/lib/shared/updated-by";
import type { FieldNote } from "./context";
import { controlsOf, setFieldValue } from "./form-controls";

type Value = string | string[];
/** Formats the value of a field; empty without a value. */
type Called = (value: Value) => string;

const most = 3;

/** The labels of the chosen options of a field. */
export const calledBy = (options: readonly { value: string; label: string }[]): Called => (value) => {
  const names = options.filter((option) => (Array.isArray(value) ? value.includes(option.value) : option.value === value)).map(({ label }) => label);
  const more = names.length > most ? ` and ${names.length - most} more` : "";
  return names.slice(0, most).join(", ") + more;
};

type NoteProps = FieldNote & {
  hint?: ReactNode;
  called?: Called;
  /** Below the text of a check box. */
  indented?: boolean;
};

/** The message below a field: its hint or error, and a concurrent change. */
export function Note({ id, name, error, hint, theirs, called = String, indented = false }: NoteProps) {
  const margin = indented ? "ms-[26px]" : "mt-[5px]";
  return (
    <>
      {(error !== undefined || Boolean(hint)) && (
        <p id={`${id}-note`} className={`${margin} ${hintText(error ? "bad" : "muted")}`}>
          {error ? <IconPath d={circleAlert} /> : null}
          <span>{error ?? hint}</span>
        </p>
      )}
      {theirs && <Theirs key={String(theirs.now)} id={id} name={name} words={called(theirs.now)} margin={margin} {...theirs} />}
    </>
  );
}

type TheirsProps = { id: string; name: string; words: string; margin: string; by: string; now: Value; kept: boolean };

function Theirs({ id, name, words, margin, by, now, kept }: TheirsProps) {
  const [taken, setTaken] = useState(false);
  const take = ({ currentTarget: { form } }: MouseEvent<HTMLButtonElement>) => {
    if (!form) return;
    setFieldValue(form, name, now);
    setTaken(true);
    controlsOf(form, name).find((control) => control.checkVisibility() && (control.type !== "radio" || control.checked))?.focus();
  };
  return (
    <p className={`${margin} ${hintText("warn")}`}>
      <IconPath d={history} />
      <span>
        <span id={`${id}-theirs`}>
          {by} {words === "" ? "cleared this" : `changed this to “${words}”`}
        </span>{" "}
        {kept && !taken && (
          <button type="button" className={`${textLink} noscript:hidden`} onClick={take}>
            {isOwnUpdate(by) ? "Use that" : "Use theirs"}
          </button>
        )}
      </span>
    </p>
  );
}
