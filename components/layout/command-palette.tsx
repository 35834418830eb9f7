"use client";

import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { IconPath } from "@/components/ui/icon-path";
import { search } from "@/components/ui/icons";
import { isLetter, pressedKey } from "@/components/ui/keyboard";
import { ProgressBar } from "@/components/ui/progress-bar";
import { useNavigation } from "@/components/ui/use-navigation";
import { useSearch } from "@/components/ui/use-search";
import { actionsIn, type Command, filterCommands } from "./filter-commands";

export type { Command } from "./filter-commands";

const opener =
  "flex h-8 w-75 items-center gap-2 rounded-md border border-line bg-sunken px-2 py-[5px] whitespace-nowrap text-muted sm:max-lg:w-60 max-sm:w-8 max-sm:justify-center max-sm:border-0 max-sm:bg-transparent max-sm:p-0 max-sm:text-soft noscript:hidden";
/** The minimum length of a search on the server. */
const shortest = 2;

const what = "Search pages, sites, people and actions";

type PaletteProps = {
  commands: readonly Command[];
  /** Search URL for sites and people. */
  searchHref?: string;
};

/** The command palette, opened by Ctrl K. */
export function CommandPalette({ commands, searchHref }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { pending, push } = useNavigation();
  const [isOpen, setOpen] = useState(false);

  const open = () => {
    setOpen(true);
    dialog.current?.showModal();
  };
  const close = () => dialog.current?.close();
  const go = ({ href, press }: Command) => {
    close();
    if (press !== undefined) document.getElementById(press)?.click();
    else if (href !== undefined) push(href);
  };
  useShortcut(() => (dialog.current?.open ? close() : open()));

  return (
    <>
      {pending && <ProgressBar />}
      <button
        type="button"
        className={opener}
        onClick={open}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
      >
        <IconPath d={search} />
        <span className="min-w-0 truncate max-sm:sr-only">Search or jump to…</span>
        <kbd className="ms-auto flex-none rounded-sm border border-line-strong px-[5px] font-mono text-xs max-sm:hidden">Ctrl K</kbd>
      </button>
      <dialog
        ref={dialog}
        className="mx-auto mt-[12vh] mb-auto w-[min(560px,calc(100vw-32px))] rounded-xl border border-line bg-surface p-0 text-body shadow-float"
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
  const { result, hasFailed } = useSearch<readonly Command[]>(searchHref, sought, { parameter: "q", shortest });
  const isAsking = searchHref !== undefined && sought.trim().length >= shortest && result === undefined && !hasFailed;
  const named = [...filterCommands(commands, sought), ...(result ?? [])];
  const hasNone = named.length === 0 && !isAsking;
  const matches = hasNone ? actionsIn(commands) : named;
  const chosen = matches[Math.min(at, matches.length - 1)];

  const press = (event: KeyboardEvent) => {
    const key = pressedKey(event) ?? "";
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step === undefined && key !== "Enter") return;
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
        className="h-12 w-full border-b border-line bg-transparent px-4 text-lg outline-0"
        autoComplete="off"
        value={sought}
        onKeyDown={press}
        onChange={(event) => {
          setSought(event.target.value);
          setAt(0);
        }}
      />
      {hasNone && <p role="status" className="px-4 pt-3 text-muted">No results for “{sought.trim()}”. You can:</p>}
      <CommandList id={id} matches={matches} chosen={chosen} go={go} />
    </>
  );
}

/** Includes the group, because a page and an organization can have the same URL. */
const idOf = (list: string, { group, href, press }: Command) => `${list}-${group}-${href ?? press}`;

type CommandListProps = { id: string; matches: readonly Command[]; chosen?: Command; go: (command: Command) => void };

function CommandList({ id, matches, chosen, go }: CommandListProps) {
  return (
    <div role="listbox" id={`${id}-list`} aria-label="Results" className="max-h-[min(400px,60dvh)] overflow-auto p-1.5">
      {matches.map((command) => (
        <div
          key={idOf(id, command)}
          id={idOf(id, command)}
          role="option"
          tabIndex={-1}
          aria-selected={command === chosen}
          className="flex cursor-pointer gap-3 rounded-md px-2.5 py-2 aria-selected:bg-accent-soft aria-selected:outline-2 aria-selected:-outline-offset-2 aria-selected:outline-transparent"
          onClick={() => go(command)}
        >
          {command.label}
          <small className="ms-auto text-xs text-muted">{command.hint ?? command.group}</small>
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
      if (!isLetter(event, "k") || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}
