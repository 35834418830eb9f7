"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { IconPath } from "@/components/ui/icon-path";
import { search } from "@/components/ui/icons";
import { type Command, filterCommands } from "./filter-commands";
import { useSearch } from "./use-search";

export type { Command } from "./filter-commands";

const what = "Find a page, site or person";

type PaletteProps = {
  commands: readonly Command[];
  /** Where the server is asked for more that is called what was typed. */
  searchHref?: string;
};

/** Ctrl K: type a few letters of where to go. */
export function CommandPalette({ commands, searchHref }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);

  const open = () => {
    setOpen(true);
    dialog.current?.showModal();
  };
  const close = () => dialog.current?.close();
  const go = ({ href }: Command) => {
    close();
    router.push(href);
  };
  useShortcut(() => (dialog.current?.open ? close() : open()));

  return (
    <>
      <button
        type="button"
        className="find script-on"
        onClick={open}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
      >
        <IconPath d={search} />
        <span>{what}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <dialog
        ref={dialog}
        className="palette"
        aria-label="Go to"
        onClose={() => setOpen(false)}
        onClick={(event) => event.target === event.currentTarget && close()}
      >
        {isOpen && <Finder commands={commands} searchHref={searchHref} go={go} />}
      </dialog>
    </>
  );
}

function Finder({ commands, searchHref, go }: PaletteProps & { go: (command: Command) => void }) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [sought, setSought] = useState("");
  const [at, setAt] = useState(0);
  const matches = [...filterCommands(commands, sought), ...useSearch(searchHref, sought)];
  const chosen = matches[Math.min(at, matches.length - 1)];

  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined && event.key !== "Enter") return;
    event.preventDefault();
    if (step !== undefined) setAt((Math.min(at, matches.length - 1) + step + matches.length) % Math.max(matches.length, 1));
    else if (chosen) go(chosen);
  };

  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (chosen) document.getElementById(idOf(id, chosen))?.scrollIntoView({ block: "nearest" });
  }, [id, chosen]);

  return (
    <>
      <input
        ref={field}
        role="combobox"
        aria-label={what}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen && idOf(id, chosen)}
        placeholder={what}
        autoComplete="off"
        value={sought}
        onKeyDown={press}
        onChange={(event) => {
          setSought(event.target.value);
          setAt(0);
        }}
      />
      <Places id={id} matches={matches} chosen={chosen} go={go} />
      {matches.length === 0 && <p role="status">Nothing is called that.</p>}
    </>
  );
}

/** The same place may be offered as a page and as an organization. */
const idOf = (list: string, { group, href }: Command) => `${list}-${group}-${href}`;

type PlacesProps = { id: string; matches: readonly Command[]; chosen?: Command; go: (command: Command) => void };

function Places({ id, matches, chosen, go }: PlacesProps) {
  return (
    <div role="listbox" id={`${id}-list`} aria-label="Places">
      {matches.map((command) => (
        <div
          key={idOf(id, command)}
          id={idOf(id, command)}
          role="option"
          tabIndex={-1}
          aria-selected={command === chosen}
          onClick={() => go(command)}
        >
          {command.label}
          <small>{command.hint ?? command.group}</small>
        </div>
      ))}
    </div>
  );
}

function useShortcut(toggle: () => void) {
  const latest = useRef(toggle);

  useEffect(() => {
    latest.current = toggle;
  });

  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      if (event.key?.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}
