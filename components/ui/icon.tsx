import { IconPath } from "./icon-path";
import { type Html, html } from "./html";
import { type IconName, icons } from "./icons";

export type { IconName } from "./icons";

/** An icon by name: for server components, since it knows them all. The words beside it speak for it. */
export function Icon({ name }: { name: IconName }) {
  return <IconPath d={icons[name]} />;
}

/** The same for markup that is sent as a string. */
export function iconHtml(name: IconName): Html {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${icons[name]}"/></svg>`;
}
