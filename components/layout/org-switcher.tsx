import { Icon } from "@/components/ui/icon";

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
        <div>
          {orgs.map(({ id, name, href }) => (
            <a key={id} href={href} data-entry="" aria-current={id === org.id ? "true" : undefined}>
              {name}
              {id === org.id && <Icon name="check" />}
            </a>
          ))}
        </div>
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
