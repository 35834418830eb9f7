"use client";

import { type RefObject, useEffect } from "react";

const question = "Leave without saving? Your changes will be lost.";

/** Whether a control that is submitted differs from its initial value. */
export function isChanged(control: Element): boolean {
  if (!control.getAttribute("name")) return false;
  if (control instanceof HTMLSelectElement) {
    const drawn = [...control.options].findIndex((option) => option.defaultSelected);
    return control.selectedIndex !== Math.max(drawn, 0);
  }
  if (control instanceof HTMLTextAreaElement) return control.value !== control.defaultValue;
  if (!(control instanceof HTMLInputElement) || control.type === "hidden") return false;
  // Password managers fill this in, and it changes nothing by itself.
  if (control.autocomplete === "current-password") return false;
  return control.type === "checkbox" || control.type === "radio"
    ? control.checked !== control.defaultChecked
    : control.value !== control.defaultValue;
}

/** Marks a form while it has unsaved changes and, where it shows saved values, the section of the changed control. */
function markChanges({ currentTarget: form, target }: Event, isSaved: boolean) {
  if (form instanceof HTMLFormElement) form.toggleAttribute("data-unsaved", [...form.elements].some(isChanged));
  const section = isSaved && target instanceof Element ? target.closest("section") : null;
  section?.toggleAttribute("data-changed", [...section.querySelectorAll("input, select, textarea")].some(isChanged));
}

/** Whether a link stays on this page, for example to open a dialog; the form keeps its values. */
const staysHere = ({ origin, pathname }: HTMLAnchorElement) => origin === window.location.origin && pathname === window.location.pathname;

/** Whether the click is on a button in this form that submits another form. */
const submitsAnother = (target: Element | null, form: HTMLFormElement | null) => {
  const button = target?.closest<HTMLButtonElement>("button[form]");
  return Boolean(button && form?.contains(button) && button.form !== form);
};

type Warning = { on: boolean; /** The form changes something that is saved, rather than creating it. */ isSaved: boolean };

/** Warns before leaving a changed form by a link, by the button of another form or by closing the page, except during submission or when it is discarded. */
export function useUnsavedWarning(form: RefObject<HTMLFormElement | null>, { on, isSaved }: Warning) {
  useEffect(() => {
    if (!on) return;
    let given = false;
    const unsaved = () => !given && [...(form.current?.elements ?? [])].some(isChanged);
    const leave = (event: BeforeUnloadEvent) => {
      if (unsaved()) event.preventDefault();
    };
    const click = (event: MouseEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      const link = target?.closest<HTMLAnchorElement>("a[href]:not([target],[download])");
      if (link && link.dataset.discard !== undefined) given = true;
      const leaves = link ? !staysHere(link) : submitsAnother(target, form.current);
      if (!leaves || !unsaved()) return;
      given = window.confirm(question);
      if (given) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    const element = form.current;
    const mark = (event: Event) => markChanges(event, isSaved);
    element?.addEventListener("input", mark);
    window.addEventListener("beforeunload", leave);
    window.addEventListener("click", click, true);
    return () => {
      element?.removeEventListener("input", mark);
      window.removeEventListener("beforeunload", leave);
      window.removeEventListener("click", click, true);
    };
  }, [form, on, isSaved]);
}
