"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Glyph } from "@/components/ui/glyph";
import { search } from "@/components/ui/icons";
import { type Command, found } from "./found";

export type { Command } from "./found";

/** Ctrl K: type a few letters of where to go. */
export function CommandPalette({ commands }: { commands: readonly Command[] }) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const router = useRouter();
  const [sought, setSought] = useState("");
  const [at, setAt] = useState(0);
  const matches = found(commands, sought);
  const chosen = matches[Math.min(at, matches.length - 1)];

  const open = () => {
    setSought("");
    setAt(0);
    dialog.current?.showModal();
  };
  const go = (command: Command | undefined) => {
    if (!command) return;
    dialog.current?.close();
    router.push(command.href);
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined && event.key !== "Enter") return;
    event.preventDefault();
    if (step === undefined) return go(chosen);
    setAt((Math.min(at, matches.length - 1) + step + matches.length) % Math.max(matches.length, 1));
  };

  useEffect(() => {
    const shortcut = (event: globalThis.KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      if (dialog.current?.open) dialog.current.close();
      else open();
    };
    window.addEventListener("keydown", shortcut);
    return () => window.removeEventListener("keydown", shortcut);
  }, []);

  useEffect(() => {
    document.getElementById(`${id}-${chosen?.href}`)?.scrollIntoView({ block: "nearest" });
  }, [id, chosen?.href]);

  return (
    <>
      <button type="button" className="find script-on" onClick={open} aria-haspopup="dialog" aria-keyshortcuts="Control+K Meta+K">
        <Glyph d={search} />
        <span>Find a page or site</span>
        <kbd>Ctrl K</kbd>
      </button>
      <dialog
        ref={dialog}
        className="palette"
        aria-label="Go to"
        onKeyDown={press}
        onClick={(event) => event.target === event.currentTarget && dialog.current?.close()}
      >
        <input
          role="combobox"
          aria-label="Find a page or site"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen && `${id}-${chosen.href}`}
          placeholder="Find a page or site"
          autoComplete="off"
          value={sought}
          onChange={(event) => {
            setSought(event.target.value);
            setAt(0);
          }}
        />
        <div role="listbox" id={`${id}-list`} aria-label="Places">
          {matches.map((command) => (
            <div
              key={command.href}
              id={`${id}-${command.href}`}
              role="option"
              aria-selected={command === chosen}
              onClick={() => go(command)}
            >
              {command.label}
              <small>{command.hint ?? command.group}</small>
            </div>
          ))}
        </div>
        {matches.length === 0 && <p role="status">Nothing is called that.</p>}
      </dialog>
    </>
  );
}
