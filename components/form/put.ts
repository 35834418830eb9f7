type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const isControl = (element: Element): element is Control =>
  element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement;

/** The name of a control; a list goes by the name of its field. */
export const nameOf = (control: Element) => control.getAttribute("name")?.replace(/\[\]$/, "") ?? "";

/** The controls of a field that a person can see. */
export const controlsOf = (form: HTMLFormElement, name: string) =>
  [...form.elements].filter(isControl).filter((control): control is Control & { checked?: boolean } => nameOf(control) === name && control.type !== "hidden");

/** Puts a value into a field as a person would. */
export function put(form: HTMLFormElement, name: string, value: string | string[]) {
  for (const control of controlsOf(form, name)) {
    if (!(control instanceof HTMLInputElement) || !["checkbox", "radio"].includes(control.type)) {
      control.value = String(value);
      continue;
    }
    const isWanted = [value].flat().includes(control.value);
    if (control.checked === isWanted) continue;
    if (control.matches(":disabled")) control.checked = isWanted;
    else if (isWanted || control.type === "checkbox") control.click();
  }
}
