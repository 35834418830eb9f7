import type { ReactNode } from "react";
import { buttonClass } from "./button";
import { IconPath } from "./icon-path";

/** Classes of a tool above a table; on narrow screens it shows only its icon. */
export const toolButton = `${buttonClass("chip")} max-sm:-order-1 max-sm:[&>span]:sr-only max-[1199px]:group-has-[>:nth-child(7)]/tools:[&>span]:sr-only`;

const variants = {
  chip: buttonClass("chip"),
  joined: `${buttonClass("chip")} min-w-0 rounded-e-none border-e-0`,
  tool: toolButton,
  row: `${buttonClass("quiet")} h-6 [--button-height:24px]`,
  button: buttonClass(),
  quiet: buttonClass("quiet"),
};

const panel =
  "inset-auto m-0 my-1 max-h-[min(440px,80dvh)] max-w-[min(360px,calc(100vw-24px))] min-w-50 overflow-auto rounded-lg border border-line bg-surface p-1.5 text-body shadow-float [position-try-fallbacks:flip-inline,flip-block] data-[align=end]:[position-area:block-end_span-inline-start] data-[align=start]:[position-area:block-end_span-inline-end] not-supports-[position-area:block-end]:inset-[56px_auto_auto_50%] not-supports-[position-area:block-end]:-translate-x-1/2";
const heading = "[&_h2]:px-2 [&_h2]:pt-2 [&_h2]:pb-1 [&_h2]:text-xs [&_h2]:font-medium [&_h2]:text-muted";
const rest = "[&_hr]:my-1.5 [&_hr]:border-line [&_p]:px-2 [&_p]:py-1.5 [&_p]:wrap-anywhere [&_p]:text-muted [&_p_b]:font-medium [&_p_b]:text-body";
const links =
  "[&_a]:flex [&_a]:w-full [&_a]:items-center [&_a]:gap-2.5 [&_a]:rounded-md [&_a]:px-2 [&_a]:py-1.5 [&_a]:-outline-offset-2 [&_a:is(:hover,:focus-visible)]:bg-sunken [&_a[aria-current]]:font-medium [&_a>svg:last-child:not(:first-child)]:ms-auto";

type MenuPanelProps = { id: string; align?: "start" | "end"; children: ReactNode };

/** The popover of a menu, opened by the button with this id as `popoverTarget`. */
export function MenuPanel({ id, align = "start", children }: MenuPanelProps) {
  return (
    <div id={id} popover="auto" className={`${panel} ${heading} ${rest} ${links}`} data-align={align}>
      {children}
    </div>
  );
}

/** Classes of an entry that is a button or a summary. */
export const menuItem =
  "flex w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-start -outline-offset-2 hover:bg-sunken focus-visible:bg-sunken [&>svg:last-child:not(:first-child)]:ms-auto";

type MenuProps = MenuPanelProps & {
  label: string;
  /** The current value, in bold after the label. */
  value?: string;
  /** Show only the value; the label is for screen readers. */
  only?: "value" | "icon";
  /** Path of an icon. */
  icon?: string;
  /** Whether the value differs from the default. */
  on?: boolean;
  variant?: keyof typeof variants;
};

/** A menu button and its popover; the browser handles Esc, outside clicks and focus. */
export function Menu({ label, value, only, icon, on, variant = "chip", ...panelProps }: MenuProps) {
  return (
    <>
      <button type="button" className={variants[variant]} popoverTarget={panelProps.id} data-on={on ? "" : undefined}>
        {icon && <IconPath d={icon} />}
        <span className={only ? "sr-only" : undefined}>{label}</span>
        {value !== undefined && <b className="min-w-0 truncate font-medium">{value}</b>}
        {variant !== "row" && <Caret isHidden={variant === "tool"} />}
      </button>
      <MenuPanel {...panelProps} />
    </>
  );
}

const Caret = ({ isHidden }: { isHidden: boolean }) => (
  <i className={`mx-0.5 -mt-1 size-[7px] flex-none rotate-45 border-r-[1.5px] border-b-[1.5px] ${isHidden ? "max-sm:hidden" : ""}`} />
);
