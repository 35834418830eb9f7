"use client";

import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Note, useField } from "@/components/form";
import { inputClass, labelClass } from "@/components/ui/form-class";
import { pressedKey } from "@/components/ui/keyboard";
import { splitList } from "@/lib/shared/typed-text";
import { GroupChips, GroupSuggestions, useGroupSuggestions } from "./group-suggestions";

const hint = "Separate names with commas. A new name creates a new group.";

/** The names in the text field, which remains the submitted field. */
function useNames(value: string) {
  const field = useRef<HTMLInputElement>(null);
  const [names, setNames] = useState(() => splitList(value));

  // The form also sets the field: to the values of a concurrent save, or to its initial values.
  useEffect(() => {
    const form = field.current?.form;
    const read = () => setNames(splitList(field.current?.value ?? ""));
    const follow = () => requestAnimationFrame(read);
    read();
    for (const type of ["click", "reset", "input"]) form?.addEventListener(type, follow);
    return () => {
      for (const type of ["click", "reset", "input"]) form?.removeEventListener(type, follow);
    };
  }, [value]);

  const put = (changed: readonly string[]) => {
    setNames([...changed]);
    if (!field.current) return;
    field.current.value = changed.join(", ");
    for (const type of ["input", "change"]) field.current.dispatchEvent(new Event(type, { bubbles: true }));
  };
  return { field, names, put };
}

/** The groups of a site: a text of names, which with script is shown as chips with suggestions. */
export function GroupsField({ suggestionsHref }: { suggestionsHref: string }) {
  const { control, value = "", note } = useField("groups", hint);
  const { field, names, put } = useNames(value);
  const finder = useRef<HTMLInputElement>(null);
  const finderId = useId();
  const [typed, setTyped] = useState("");
  const { exact, ...found } = useGroupSuggestions(suggestionsHref, typed, names);

  const change = (changed: readonly string[]) => {
    put(changed);
    setTyped("");
    finder.current?.focus();
  };
  const add = (name: string) => change([...names, name]);
  const press = (event: KeyboardEvent) => {
    if (pressedKey(event) !== "Enter") return;
    event.preventDefault();
    if (exact) add(exact.name);
  };
  const search = { className: inputClass, placeholder: "Find or create a group", autoComplete: "off", maxLength: 64, onKeyDown: press };

  return (
    <div className="min-w-0">
      <div className="script-off">
        <label className={labelClass} htmlFor={control.id}>Site groups</label>
        <input {...control} ref={field} className={inputClass} defaultValue={value} autoComplete="off" />
      </div>
      <div className="script-on">
        <label className={labelClass} htmlFor={finderId}>Site groups</label>
        <GroupChips names={names} remove={(name) => change(names.filter((one) => one !== name))} />
        <input ref={finder} id={finderId} type="search" {...search} value={typed} onChange={(event) => setTyped(event.target.value)} />
        <GroupSuggestions {...found} add={add} />
      </div>
      <Note {...note} hint={<span className="script-off">{hint}</span>} />
    </div>
  );
}
