import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

type MenuProps = {
  id: string;
  label: string;
  /** What is chosen now, in bold after the label. */
  value?: string;
  /** Show the value alone; the label is still spoken. */
  only?: "value" | "icon";
  icon?: IconName;
  /** Something other than the default is chosen. */
  on?: boolean;
  align?: "start" | "end";
  /** Look of the button: a chip, or one of the classes of the frame. */
  look?: string;
  children: ReactNode;
};

/** A button and what it opens, by the popover API: Esc, outside click and focus are the browser's. */
export function Menu({ id, label, value, only, icon, on, align = "start", look = "button chip", children }: MenuProps) {
  return (
    <>
      <button type="button" className={look} popoverTarget={id} data-on={on ? "" : undefined}>
        {icon && <Icon name={icon} />}
        <span className={only ? "sr-only" : undefined}>{label}</span>
        {value !== undefined && <b>{value}</b>}
      </button>
      <div id={id} popover="auto" className="menu" data-align={align}>
        {children}
      </div>
    </>
  );
}
