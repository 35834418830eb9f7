import { type IconName, iconHtml } from "@/components/ui/icon";
import { type Html, html, hrefOf } from "@/components/ui/html";
import { Markup } from "@/components/ui/markup";

export type MenuItem = { label: string; href: string; icon: IconName; current?: boolean };
export type MenuGroup = { label?: string; items: readonly MenuItem[] };

/** The left menu; on a phone the sheet behind the menu button. */
export function SideMenu({ menu, foot }: { menu: readonly MenuGroup[]; foot: readonly MenuItem[] }) {
  const end = foot.length > 0 ? html`<div class="foot">${foot.map(entry)}</div>` : null;
  return <Markup as="nav" id="side" className="side" aria-label="Main" popover="auto" html={html`${menu.map(group)}${end}`} />;
}

const group = ({ label, items }: MenuGroup): Html => html`${label ? html`<h2>${label}</h2>` : null}${items.map(entry)}`;

function entry({ label, href, icon, current }: MenuItem): Html {
  const mark = current ? html` aria-current="page"` : null;
  return html`<a href="${hrefOf(href)}" title="${label}"${mark}>${iconHtml(icon)}<span>${label}</span></a>`;
}
