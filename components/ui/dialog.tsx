"use client";

import { type MouseEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { buttonClass } from "./button";
import { IconPath } from "./icon-path";
import { x } from "./icons";
import { AppLink, DialogContext } from "./link";
import { ProgressBar } from "./progress-bar";
import { useNavigation } from "./use-navigation";

/** The look of a dialog; without script it is not modal, and its box shadow covers the page. */
export const dialogPanel =
  "fixed inset-0 z-10 m-auto h-fit max-h-[calc(100dvh-64px)] w-[min(640px,calc(100vw-32px))] scroll-pt-16 scroll-pb-4 overflow-auto rounded-xl border border-line bg-surface text-body shadow-float [&:not(:modal)]:shadow-[0_0_0_100vmax_var(--color-veil)] max-sm:inset-[auto_0_0] max-sm:max-h-[90dvh] max-sm:w-full max-sm:max-w-none max-sm:animate-rise max-sm:rounded-t-2xl max-sm:rounded-b-none";

type DialogProps = { title: string; closeHref: string; children: ReactNode };

const field = ":is(input, select, textarea, [role=switch]):not([type=hidden], [hidden])";

// The rows of a list are rendered again with every page: the clicked link may have been replaced or removed. A menu has closed meanwhile.
function openerOf(opener: Element | null, address: string): HTMLElement | null {
  const menu = opener?.closest("[popover]");
  const menuButton = menu && document.querySelector<HTMLElement>(`[popovertarget="${CSS.escape(menu.id)}"]`);
  if (menuButton) return menuButton;
  if (opener instanceof HTMLElement && opener.isConnected && opener !== document.body) return opener;
  const drawnAnew = document.querySelector<HTMLElement>(`main a[href="${CSS.escape(address)}"]`);
  const around = document.getElementById(window.location.hash.slice(1));
  return drawnAnew ?? around?.querySelector<HTMLElement>("a, button") ?? document.getElementById("main");
}

// Focusing a sticky button would scroll the page to its original position.
function goBackTo(opener: HTMLElement | null) {
  opener?.focus({ preventScroll: true });
  const { top = 0, bottom = 0 } = opener?.getBoundingClientRect() ?? {};
  if (top < 0 || bottom > window.innerHeight) opener?.scrollIntoView({ block: "center" });
}

/** Puts the title of the dialog before that of the page. */
function useTabTitle(title: string) {
  useEffect(() => {
    const first = `${title} · `;
    const page = document.title.replace(first, "");
    document.title = first + page;
    return () => {
      if (document.title === first + page) document.title = page;
    };
  }, [title]);
}

/** Opens the dialog as a modal, and restores the focus when it closes. */
function useModal() {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    const opener = document.activeElement;
    const address = window.location.pathname + window.location.search;
    dialog?.close();
    dialog?.showModal();
    const [firstStop] = [field, "h2"].flatMap((stop) => dialog?.querySelector<HTMLElement>(stop) ?? []);
    firstStop?.focus();
    return () => {
      dialog?.close();
      requestAnimationFrame(() => goBackTo(openerOf(opener, address)));
    };
  }, []);
  return element;
}

/** A dialog whose open state is in the address; closing it navigates to the address without it. */
export function Dialog({ title, closeHref, children }: DialogProps) {
  const id = useId();
  const element = useModal();
  const { pending, push } = useNavigation();
  useTabTitle(title);

  const close = () => push(closeHref, { scroll: false });
  const closeOutside = (event: MouseEvent<HTMLDialogElement>) => {
    if (event.target !== event.currentTarget) return;
    const { left, right, top, bottom } = event.currentTarget.getBoundingClientRect();
    const inside = event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
    if (!inside) close();
  };

  return (
    <dialog
      ref={element}
      open
      className={dialogPanel}
      aria-labelledby={id}
      onClick={closeOutside}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      {pending && <ProgressBar />}
      <DialogContext value>
        <header className="sticky top-0 z-1 flex items-center gap-3 border-b border-line bg-surface py-3 ps-5 pe-3.5">
          <h2 id={id} tabIndex={-1} className="flex-1 text-lg font-semibold wrap-anywhere">{title}</h2>
          <AppLink className={buttonClass("quiet")} href={closeHref}>
            <IconPath d={x} />
            <span className="sr-only">Close</span>
          </AppLink>
        </header>
        <div className="px-5 pt-4 pb-5 wrap-anywhere">{children}</div>
      </DialogContext>
    </dialog>
  );
}
