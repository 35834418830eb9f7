"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type MouseEvent, type SubmitEvent, useEffect, useRef, useTransition } from "react";

const typingPauseMs = 250;

/**
 * Makes plain links and GET forms in an element navigate without loading a document. Forms with `data-autosubmit` are
 * submitted on change, and their controls are reset when the address changes, for example by the back button.
 */
export function useSoftNavigation(address = "") {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const root = useRef<HTMLDivElement>(null);
  const timer = useRef(0);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  useEffect(() => {
    if (timer.current === 0 && root.current) resetControls(root.current);
  }, [address]);

  const schedule = (navigation?: () => void) => {
    window.clearTimeout(timer.current);
    timer.current = navigation ? window.setTimeout(navigation, typingPauseMs) : 0;
  };
  const navigate = (href: string, method: "push" | "replace", scroll: boolean) => {
    schedule();
    startTransition(() => router[method](href, { scroll }));
  };

  const onClick = (event: MouseEvent<HTMLElement>) => {
    const link = clickedLink(event);
    const target = link && targetOf(link);
    if (!link || !target) return;
    event.preventDefault();
    link.closest<HTMLElement>("[popover]")?.hidePopover();
    const isOtherPage = target.pathname !== window.location.pathname || link.hasAttribute("rel");
    navigate(target.pathname + target.search + target.hash, "push", isOtherPage);
  };

  const onSubmit = (event: SubmitEvent<HTMLElement>) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || !isGetForm(form)) return;
    event.preventDefault();
    if (!("autosubmit" in form.dataset)) form.closest<HTMLElement>("[popover]")?.hidePopover();
    navigate(formHref(form, event.nativeEvent.submitter), "push", false);
  };

  const onInput = (event: FormEvent<HTMLElement>) => {
    const control = event.target;
    if (!(control instanceof HTMLInputElement) || control.name === "") return;
    const { form } = control;
    if (!form || !isGetForm(form) || !("autosubmit" in form.dataset)) return;
    schedule(() => navigate(formHref(form), "replace", false));
  };

  return { pending, root: { ref: root, "aria-busy": pending || undefined, onClick, onSubmit, onInput } };
}

/** Resets uncontrolled controls to their rendered values, except the focused search field. */
function resetControls(root: HTMLElement) {
  for (const control of root.querySelectorAll<HTMLInputElement>("form[data-autosubmit] input[name]")) {
    if (control.type === "checkbox") control.checked = control.defaultChecked;
    else if (control.type === "search" && control !== document.activeElement) control.value = control.defaultValue;
  }
}

/** The link of a plain left click: no modifier key, no other tab, no download. */
function clickedLink(event: MouseEvent): Element | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  return link && !link.hasAttribute("target") && !link.hasAttribute("download") ? link : null;
}

/** The URL of a link to a page of the application; null for other origins, the API and fragments. */
function targetOf(link: Element): URL | null {
  const target = new URL(link.getAttribute("href") ?? "", window.location.href);
  const here = window.location;
  if (target.origin !== here.origin || target.pathname.startsWith("/api/")) return null;
  return target.hash !== "" && target.pathname === here.pathname && target.search === here.search ? null : target;
}

/** A form of a server action has no path as its action; rendered in the browser it has no method either. */
const isGetForm = (form: HTMLFormElement) => form.method === "get" && (form.getAttribute("action") ?? "").startsWith("/");

/** The URL of a GET form, without empty fields. */
function formHref(form: HTMLFormElement, submitter?: HTMLElement | null): string {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter)) {
    if (typeof value === "string" && value.trim() !== "") query.append(name, value.trim());
  }
  const path = form.getAttribute("action") ?? "";
  return query.size === 0 ? path : `${path}?${query}`;
}
