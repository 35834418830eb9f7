"use client";

import { type ReactNode, useEffect, useId, useRef } from "react";
import { createPortal } from "react-dom";
import { buttonClass } from "./button";
import { dialogPanel } from "./dialog";
import { IconPath } from "./icon-path";
import { x } from "./icons";

type LocalDialogProps = { title: string; onClose: () => void; children: ReactNode };

/** A dialog over a form that it changes without leaving the page; it stands outside of the form and needs script. */
export function LocalDialog({ title, onClose, children }: LocalDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (dialog.current && !dialog.current.open) dialog.current.showModal();
    dialog.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
  }, []);
  return createPortal(
    <dialog ref={dialog} className={dialogPanel} aria-labelledby={id} onClose={onClose}>
      <header className="sticky top-0 z-1 flex items-center gap-3 border-b border-line bg-surface py-3 ps-5 pe-3.5">
        <h2 id={id} className="flex-1 text-lg font-semibold wrap-anywhere">{title}</h2>
        <button type="button" className={buttonClass("quiet")} onClick={() => dialog.current?.close()}>
          <IconPath d={x} />
          <span className="sr-only">Close</span>
        </button>
      </header>
      <div className="px-5 pt-4 pb-5 wrap-anywhere">{children}</div>
    </dialog>,
    document.body,
  );
}
