"use client";

import { type RefObject, useEffect } from "react";

const question = "Leave without saving? What was changed here is lost.";

/** Whether a control says something else than when it was drawn. */
function isChanged(control: Element): boolean {
  if (control instanceof HTMLSelectElement) {
    const drawn = [...control.options].findIndex((option) => option.defaultSelected);
    return control.selectedIndex !== Math.max(drawn, 0);
  }
  if (control instanceof HTMLTextAreaElement) return control.value !== control.defaultValue;
  if (!(control instanceof HTMLInputElement) || control.name === "" || control.type === "hidden") return false;
  // Password keepers fill this in by themselves, and alone it changes nothing.
  if (control.autocomplete === "current-password") return false;
  return control.type === "checkbox" || control.type === "radio"
    ? control.checked !== control.defaultChecked
    : control.value !== control.defaultValue;
}

/** Marks the section of a control while something in it is changed. */
function markSection({ target }: Event) {
  const section = target instanceof Element ? target.closest("section") : null;
  section?.toggleAttribute("data-changed", [...section.querySelectorAll("input, select, textarea")].some(isChanged));
}

/** A window opens above the form, which keeps what was typed. */
const staysHere = ({ origin, pathname }: HTMLAnchorElement) => origin === window.location.origin && pathname === window.location.pathname;

/** Asks before a changed form is left, by link or by closing the page, but not while it is being sent. */
export function useUnsavedWarning(form: RefObject<HTMLFormElement | null>, on: boolean) {
  useEffect(() => {
    if (!on) return;
    let given = false;
    const unsaved = () => !given && [...(form.current?.elements ?? [])].some(isChanged);
    const leave = (event: BeforeUnloadEvent) => {
      if (unsaved()) event.preventDefault();
    };
    const click = (event: MouseEvent) => {
      const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>("a[href]:not([target],[download])");
      if (!link || staysHere(link) || !unsaved()) return;
      given = window.confirm(question);
      if (given) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    const element = form.current;
    element?.addEventListener("input", markSection);
    window.addEventListener("beforeunload", leave);
    window.addEventListener("click", click, true);
    return () => {
      element?.removeEventListener("input", markSection);
      window.removeEventListener("beforeunload", leave);
      window.removeEventListener("click", click, true);
    };
  }, [form, on]);
}
