import { type Html, html, hrefOf } from "@/components/ui/html";
import { Icon, iconHtml } from "@/components/ui/icon";
import { Markup } from "@/components/ui/markup";

export type Org = { id: string; name: string; href: string; note?: string };

type OrgSwitcherProps = { org: Org; orgs: readonly Org[]; links?: readonly { label: string; href: string }[] };

/** Which organization this is, and the way to the others, found by typing. */
export function OrgSwitcher({ org, orgs, links = [] }: OrgSwitcherProps) {
  return (
    <>
      <button type="button" className="quick org" popoverTarget="org-menu">
        <span className="sr-only">Organization</span>
        <b>{org.name}</b>
        {org.note && <small>{org.note}</small>}
        <Icon name="chevrons-up-down" />
      </button>
      <div id="org-menu" popover="auto" className="menu">
        {orgs.length > 6 && (
          <form className="script-on">
            <input type="search" className="input" aria-label="Find an organization" placeholder="Type to find" data-narrows="" />
          </form>
        )}
        <Markup as="div" html={html`${orgs.map((one) => entry(one, one.id === org.id))}`} />
        {links.length > 0 && <hr />}
        {links.map(({ label, href }) => (
          <a key={href} href={href}>
            {label}
          </a>
        ))}
      </div>
    </>
  );
}

function entry({ name, href }: Org, current: boolean): Html {
  if (!current) return html`<a href="${hrefOf(href)}" data-entry="">${name}</a>`;
  return html`<a href="${hrefOf(href)}" data-entry="" aria-current="true">${name}${iconHtml("check")}</a>`;
}
