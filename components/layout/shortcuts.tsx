"use client";

import { useEffect, useRef } from "react";
import { buttonClass } from "@/components/ui/button";
import { IconPath } from "@/components/ui/icon-path";
import { x } from "@/components/ui/icons";
import { pressedKey } from "@/components/ui/keyboard";

export const shortcutsId = "keyboard-shortcuts";

const keys: readonly [key: string, meaning: string][] = [
  ["Ctrl K", "Search pages, sites, people and actions"],
  ["/", "Search this list"],
  ["?", "Show keyboard shortcuts"],
  ["↑ ↓", "Move through an open menu"],
  ["Esc", "Close a menu or dialog"],
];

/** The keyboard shortcuts of the portal, and the dialog that lists them. */
export function Shortcuts() {
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const key = pressedKey(event);
      if (key === undefined || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (moveInMenu(key)) event.preventDefault();
      if (isTyping(event.target) || document.querySelector("dialog:modal")) return;
      if (key === "?") dialog.current?.showModal();
      else if (key !== "/" || !focusSearch()) return;
      event.preventDefault();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);

  const close = () => dialog.current?.close();
  return (
    <>
      <button type="button" id={shortcutsId} hidden onClick={() => dialog.current?.showModal()}>
        Keyboard shortcuts
      </button>
      <dialog
        ref={dialog}
        className="m-auto w-[min(420px,calc(100vw-32px))] rounded-xl border border-line bg-surface p-0 text-body shadow-float"
        aria-label="Keyboard shortcuts"
        onClick={(event) => event.target === event.currentTarget && close()}
      >
        <header className="flex items-center border-b border-line py-3 ps-5 pe-3.5">
          <h2 className="flex-1 text-lg font-semibold">Keyboard shortcuts</h2>
          <button type="button" className={buttonClass("quiet")} onClick={close}>
            <IconPath d={x} />
            <span className="sr-only">Close</span>
          </button>
        </header>
        <dl className="grid grid-cols-[auto_1fr] items-center gap-x-5 gap-y-2.5 px-5 py-4">
          {keys.map(([key, meaning]) => (
            <div key={key} className="contents">
              <dt>
                <kbd className="rounded-sm border border-line-strong px-[5px] font-mono text-xs">{key}</kbd>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </dialog>
    </>
  );
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button])"));

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>("main form[role=search] input[type=search]");
  field?.focus();
  field?.select();
  return field !== null;
}

/** The index of the entry that a key moves to from the current index; -1 is the button that opened the menu. */
export function nextEntry(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  if (key === "ArrowDown") return (at + 1) % count;
  return key === "ArrowUp" ? (Math.max(at, 0) - 1 + count) % count : undefined;
}

/** Moves the focus among the entries of the open menu, as in the disclosure pattern; fields keep their own keys. */
function moveInMenu(key: string): boolean {
  const { activeElement } = document;
  const menu = document.querySelector<HTMLElement>("[popover]:popover-open");
  if (!menu || !(activeElement instanceof HTMLElement) || isTyping(activeElement) || activeElement.matches("[type=radio]")) return false;
  if (activeElement.getAttribute("popovertarget") !== menu.id && !menu.contains(activeElement)) return false;
  const entries = [...menu.querySelectorAll<HTMLElement>("a[href], button, summary, input")].filter((entry) => entry.checkVisibility());
  const next = nextEntry(key, entries.indexOf(activeElement), entries.length);
  if (next === undefined) return false;
  entries[next]?.focus();
  return true;
}
