import { type RefObject, useEffect, useRef, useState } from "react";

type TextElement = HTMLInputElement | HTMLTextAreaElement;

/** The text of a field that another control edits: the field stays what is submitted, kept in a draft, reset and compared. */
export function useFieldText<E extends TextElement>(initial: string): { field: RefObject<E | null>; text: string; setText: (text: string) => void } {
  const field = useRef<E>(null);
  const [text, setShown] = useState(initial);

  // The form also sets the field: to the values of a concurrent save, or to its initial values.
  useEffect(() => {
    const edited = field.current;
    const form = edited?.form;
    const read = () => setShown(field.current?.value ?? "");
    const follow = () => requestAnimationFrame(read);
    read();
    edited?.addEventListener("input", read);
    for (const type of ["click", "reset"]) form?.addEventListener(type, follow);
    return () => {
      edited?.removeEventListener("input", read);
      for (const type of ["click", "reset"]) form?.removeEventListener(type, follow);
    };
  }, [initial]);

  const setText = (changed: string) => {
    setShown(changed);
    if (!field.current) return;
    field.current.value = changed;
    for (const type of ["input", "change"]) field.current.dispatchEvent(new Event(type, { bubbles: true }));
    // React ignores these for a value that a script has set; a faulty field is judged again as if it had been left.
    if (field.current.ariaInvalid) field.current.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  };
  return { field, text, setText };
}
