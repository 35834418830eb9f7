import { usePathname } from "next/navigation";
import { IconPath } from "@/components/ui/icon-path";
import { AppLink } from "@/components/ui/link";

/** `icon` is the path of an icon; `covers` are further pages that the entry stands for. */
export type MenuItem = { label: string; href: string; icon: string; covers?: readonly string[] };
export type MenuGroup = { label?: string; items: readonly MenuItem[] };

const column =
  "sticky inset-x-auto top-bar m-0 flex h-[calc(100dvh-var(--bar-height))] w-auto flex-col gap-px overflow-auto border-0 border-e border-line bg-surface px-2 py-3 text-inherit backdrop:bg-veil sm:max-lg:items-center print:hidden";
const sheet =
  "max-sm:fixed max-sm:inset-[0_auto_0_0] max-sm:h-dvh max-sm:max-h-none max-sm:w-[min(288px,84vw)] max-sm:shadow-float max-sm:not-open:hidden";
const heading =
  "[&_h2]:px-2 [&_h2]:pt-3 [&_h2]:pb-1 [&_h2]:text-xs [&_h2]:font-medium [&_h2]:text-muted sm:max-lg:[&_h2]:mt-2 sm:max-lg:[&_h2]:h-[9px] sm:max-lg:[&_h2]:w-6 sm:max-lg:[&_h2]:overflow-hidden sm:max-lg:[&_h2]:border-t sm:max-lg:[&_h2]:border-line sm:max-lg:[&_h2]:p-0 sm:max-lg:[&_h2]:text-transparent";
const link =
  "[&_a]:flex [&_a]:items-center [&_a]:gap-2.5 [&_a]:rounded-md [&_a]:px-2 [&_a]:py-1.5 [&_a]:text-soft [&_a]:-outline-offset-2 [&_a:hover]:bg-sunken [&_a[aria-current]]:bg-sunken [&_a[aria-current]]:font-medium [&_a[aria-current]]:text-body [&_a[aria-current]>svg]:text-accent max-sm:[&_a]:py-2.5 sm:max-lg:[&_a]:p-2.5 sm:max-lg:[&_a>span]:sr-only";

/** The side menu; on phones a sheet that the menu button opens. */
export function SideMenu({ menu, foot }: { menu: readonly MenuGroup[]; foot: readonly MenuItem[] }) {
  const current = currentHref(usePathname(), [...menu.flatMap(({ items }) => items), ...foot]);
  return (
    <nav id="side" className={`${column} ${sheet} ${heading} ${link}`} aria-label="Main" popover="auto">
      {menu.map(({ label, items }) => (
        <Group key={label ?? ""} label={label} items={items} current={current} />
      ))}
      {foot.length > 0 && (
        <div className="mt-auto">
          <Group items={foot} current={current} />
        </div>
      )}
    </nav>
  );
}

function Group({ label, items, current }: MenuGroup & { current: string | undefined }) {
  return (
    <>
      {label && <h2>{label}</h2>}
      {items.map(({ label: text, href, icon }) => (
        <AppLink key={href} href={href} title={text} aria-current={href === current ? "page" : undefined}>
          <IconPath d={icon} />
          <span>{text}</span>
        </AppLink>
      ))}
    </>
  );
}

/** The entry with the open page or one above it; of several the most specific. */
const currentHref = (path: string, items: readonly MenuItem[]) =>
  items
    .flatMap(({ href, covers = [] }) => [href, ...covers].map((page) => ({ href, page })))
    .filter(({ page }) => path === page || path.startsWith(`${page}/`))
    .toSorted((one, other) => other.page.length - one.page.length)[0]?.href;
