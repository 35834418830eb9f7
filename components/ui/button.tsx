import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

type Variant = "plain" | "primary" | "quiet" | "danger";

type LinkButtonProps = { href: string; variant?: Variant; icon?: IconName; download?: boolean; children: ReactNode };

/** A link that looks like a button: for what opens a page or a dialog. */
export function LinkButton({ href, variant = "plain", icon, download, children }: LinkButtonProps) {
  return (
    <a className={`button ${variant}`} href={href} download={download ? "" : undefined}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}

type ButtonProps = { variant?: Variant; icon?: IconName; name?: string; value?: string; form?: string; children: ReactNode };

/** Submits the form it stands in, or the one whose id is `form`. */
export function Button({ variant = "plain", icon, children, ...rest }: ButtonProps) {
  return (
    <button className={`button ${variant}`} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
