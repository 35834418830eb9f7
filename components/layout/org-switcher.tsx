import { useState } from "react";
import { inputClass } from "@/components/ui/form-class";
import { IconPath } from "@/components/ui/icon-path";
import { check, chevronsUpDown } from "@/components/ui/icons";
import { AppLink } from "@/components/ui/link";
import { MenuPanel } from "@/components/ui/menu";
import { matchesSearch } from "@/lib/shared/fold-text";
import { barButton } from "./bar-button";

export type Org = { id: string; name: string; href: string; note?: string };

type OrgSwitcherProps = { org: Org; orgs: readonly Org[]; links?: readonly { label: string; href: string }[] };

const manyOrgs = 6;

/** The current organization and a searchable list of the others. */
export function OrgSwitcher({ org, orgs, links = [] }: OrgSwitcherProps) {
  const [query, setQuery] = useState("");
  const isShown = ({ name }: Org) => matchesSearch(query, name);
  return (
    <>
      <button type="button" className={`${barButton} min-w-0 text-body`} popoverTarget="org-menu">
        <span className="sr-only">Organization</span>
        <b className="truncate font-medium">{org.name}</b>
        {org.note && <small className="text-xs whitespace-nowrap text-muted max-sm:hidden">{org.note}</small>}
        <IconPath d={chevronsUpDown} />
      </button>
      <MenuPanel id="org-menu">
        {orgs.length > manyOrgs && (
          <input
            type="search"
            className={`${inputClass} noscript:hidden`}
            aria-label="Search organizations"
            placeholder="Type to search"
            autoComplete="off"
            value={query}
            onChange={({ target }) => setQuery(target.value)}
          />
        )}
        {orgs.filter(isShown).map(({ id, name, href }) => (
          <AppLink key={id} href={href} aria-current={id === org.id ? "true" : undefined}>
            {name}
            {id === org.id && <IconPath d={check} />}
          </AppLink>
        ))}
        {links.length > 0 && <hr />}
        {links.map(({ label, href }) => (
          <AppLink key={href} href={href}>
            {label}
          </AppLink>
        ))}
      </MenuPanel>
    </>
  );
}
