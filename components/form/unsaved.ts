"use client";

import { type RefObject, useCallback, useEffect, useRef } from "react";

const question = "Leave without saving? What was changed here is lost.";

/** Whether a control says something else than when it was drawn. */
function isChanged(control: Element): boolean {
  if (control instanceof HTMLSelectElement) {
    const drawn = [...control.options].findIndex((option) => option.defaultSelected);
    return control.selectedIndex !== Math.max(drawn, 0);
  }
  if (control instanceof HTMLTextAreaElement) return control.value !== control.defaultValue;
  if (!(control instanceof HTMLInputElement) || control.name === "" || control.type === "hidden") return false;
  return control.type === "checkbox" || control.type === "radio"
    ? control.checked !== control.defaultChecked
    : control.value !== control.defaultValue;
}

/** Asks before a changed form is left, by link or by closing the page; the answer is a function that stops asking. */
export function useUnsavedWarning(form: RefObject<HTMLFormElement | null>, on: boolean) {
  const sent = useRef(false);

  useEffect(() => {
    if (!on) return;
    const unsaved = () => !sent.current && [...(form.current?.elements ?? [])].some(isChanged);
    const leave = (event: BeforeUnloadEvent) => {
      if (unsaved()) event.preventDefault();
    };
    const click = (event: MouseEvent) => {
      const link = event.target instanceof Element && event.target.closest("a[href]:not([target],[download])");
      if (!link || link.getAttribute("href")?.startsWith("#") || !unsaved()) return;
      if (window.confirm(question)) sent.current = true;
      else {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    };
    const edit = () => {
      sent.current = false;
    };
    const element = form.current;
    window.addEventListener("beforeunload", leave);
    window.addEventListener("click", click, true);
    element?.addEventListener("input", edit);
    return () => {
      window.removeEventListener("beforeunload", leave);
      window.removeEventListener("click", click, true);
      element?.removeEventListener("input", edit);
    };
  }, [form, on]);

  return useCallback(() => {
    sent.current = true;
  }, []);
}
