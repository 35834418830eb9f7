import { Menu } from "@/components/ui/menu";

/** The saved views of a list with their URLs, and the URLs to save the current one and to manage them. */
export type ViewsMenuProps = {
  views: readonly { id: string; name: string; href: string; isCurrent: boolean }[];
  saveHref: string;
  manageHref: string;
};

/** A menu of the saved views of this list, with an entry that saves the current one. */
export function ViewsMenu({ views, saveHref, manageHref }: ViewsMenuProps) {
  const current = views.find(({ isCurrent }) => isCurrent);
  return (
    <Menu id="views-menu" label={current ? "View:" : "Views"} value={current?.name} on={current !== undefined}>
      {views.map(({ id, name, href, isCurrent }) => (
        <a key={id} href={href} aria-current={isCurrent ? "true" : undefined}>
          <span className="wrap-anywhere">{name}</span>
        </a>
      ))}
      {views.length === 0 && <p>Save this list’s filters, order and columns for later.</p>}
      <hr />
      <a href={saveHref}>Save this view</a>
      {views.length > 0 && <a href={manageHref}>Manage views</a>}
    </Menu>
  );
}
