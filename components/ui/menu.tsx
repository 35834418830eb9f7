import type { ReactNode } from "react";
import { IconPath } from "./icon-path";

const looks = {
  chip: "button chip",
  tool: "button chip tool",
  button: "button",
  quiet: "button quiet",
  bar: "quick",
};

type MenuProps = {
  id: string;
  label: string;
  /** What is chosen now, in bold after the label. */
  value?: string;
  /** Show the value alone; the label is still spoken. */
  only?: "value" | "icon";
  /** Path of an icon. */
  icon?: string;
  /** Something other than the default is chosen. */
  on?: boolean;
  align?: "start" | "end";
  variant?: keyof typeof looks;
  children: ReactNode;
};

/** A button and what it opens, by the popover API: Esc, outside click and focus are the browser's. */
export function Menu({ id, label, value, only, icon, on, align = "start", variant = "chip", children }: MenuProps) {
  return (
    <>
      <button type="button" className={looks[variant]} popoverTarget={id} data-on={on ? "" : undefined}>
        {icon && <IconPath d={icon} />}
        <span className={only ? "sr-only" : undefined}>{label}</span>
        {value !== undefined && <b>{value}</b>}
      </button>
      <div id={id} popover="auto" className="menu" data-align={align}>
        {children}
      </div>
    </>
  );
}
