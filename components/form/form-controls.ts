type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const isControl = (element: Element): element is Control =>
  element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement;

/** The field name of a control, without the list suffix. */
export const nameOf = (control: Element) => control.getAttribute("name")?.replace(/\[\]$/, "") ?? "";

/** The visible controls of a field. */
export const controlsOf = (form: HTMLFormElement, name: string) =>
  [...form.elements].filter(isControl).filter((control): control is Control & { checked?: boolean } => nameOf(control) === name && control.type !== "hidden");

/** Sets the value of a field; check boxes and radio buttons are clicked, so that their handlers run. */
export function setFieldValue(form: HTMLFormElement, name: string, value: string | string[]) {
  for (const control of controlsOf(form, name)) {
    if (!(control instanceof HTMLInputElement) || !["checkbox", "radio"].includes(control.type)) {
      control.value = String(value);
      continue;
    }
    const isChosen = [value].flat().includes(control.value);
    if (control.checked === isChosen) continue;
    if (control.matches(":disabled")) control.checked = isChosen;
    else if (isChosen || control.type === "checkbox") control.click();
  }
}
