/** The link a plain left click is on: not with a key held, not for another window, not for download. */
export function hasPlainClick(event: MouseEvent): Element | undefined {
  if (event.defaultPrevented || event.button !== 0) return undefined;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  return link && !link.hasAttribute("target") && !link.hasAttribute("download") ? link : undefined;
}

/** Where a link leads within this site, unless it only moves within the page or leads to a file of the API. */
export function addressOf(link: Element): string | undefined {
  const address = new URL(link.getAttribute("href") ?? "", window.location.href);
  const here = window.location;
  if (address.origin !== here.origin || address.pathname.startsWith("/api/")) return undefined;
  if (address.hash !== "" && address.pathname === here.pathname && address.search === here.search) return undefined;
  return address.pathname + address.search + address.hash;
}

/** Where a GET form leads, without what was left empty. */
export function queryOf(form: HTMLFormElement): string {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value.trim() !== "") query.append(name, value.trim());
  }
  const { pathname } = new URL(form.action);
  const text = query.toString();
  return text === "" ? pathname : `${pathname}?${text}`;
}

/** Whether the page should stay where it is scrolled to, as it does below a window that opens over it. */
export const inPlace = (element: Element) =>
  element.closest("[data-keep-scroll]") !== null || /[?&]dialog=/.test(element.getAttribute("href") ?? "");

/** Shows those entries beside a search field that contain what is typed. */
export function narrow(control: HTMLInputElement) {
  const sought = control.value.trim().toLowerCase();
  const entries = control.form?.parentElement?.querySelectorAll<HTMLElement>(".checks label, a[data-entry]");
  for (const entry of entries ?? []) entry.hidden = !(entry.textContent ?? "").toLowerCase().includes(sought);
}

/** After a navigation, controls say what the page says; React leaves alone what a person has touched. */
export function drawAgain() {
  for (const control of document.querySelectorAll<HTMLInputElement>('form:not([method="post"]) input')) {
    if (control.form?.method !== "get" || control === document.activeElement) continue;
    if (control.type === "checkbox") control.checked = control.defaultChecked;
    else if (control.type === "search" && !("narrows" in control.dataset)) control.value = control.defaultValue;
  }
}

/** Lets the server show times, and guess places, in the zone of this browser. */
export function tellTimeZone() {
  document.cookie = `tz=${Intl.DateTimeFormat().resolvedOptions().timeZone}; path=/; max-age=31536000; samesite=lax`;
}
