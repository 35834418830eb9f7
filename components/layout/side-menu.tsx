import { usePathname } from "next/navigation";
import { IconPath } from "@/components/ui/icon-path";
import { AppLink } from "@/components/ui/link";

/** `icon` is the path of an icon. */
export type MenuItem = { label: string; href: string; icon: string };
export type MenuGroup = { label?: string; items: readonly MenuItem[] };

/** The left menu; on a phone the sheet behind the menu button. */
export function SideMenu({ menu, foot }: { menu: readonly MenuGroup[]; foot: readonly MenuItem[] }) {
  return (
    <nav id="side" className="side" aria-label="Main" popover="auto">
      {menu.map(({ label, items }) => (
        <Group key={label ?? ""} label={label} items={items} />
      ))}
      {foot.length > 0 && (
        <div className="foot">
          <Group items={foot} />
        </div>
      )}
    </nav>
  );
}

function Group({ label, items }: MenuGroup) {
  const path = usePathname();
  return (
    <>
      {label && <h2>{label}</h2>}
      {items.map(({ label: text, href, icon }) => (
        <AppLink key={href} href={href} title={text} aria-current={isWithin(path, href) ? "page" : undefined}>
          <IconPath d={icon} />
          <span>{text}</span>
        </AppLink>
      ))}
    </>
  );
}

const isWithin = (path: string, href: string) => path === href || path.startsWith(`${href}/`);
