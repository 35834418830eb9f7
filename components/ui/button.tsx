import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

type Tone = "plain" | "primary" | "quiet" | "danger";

type LinkButtonProps = { href: string; tone?: Tone; icon?: IconName; download?: boolean; children: ReactNode };

/** A link that looks like a button: for what opens a page or a window. */
export function LinkButton({ href, tone = "plain", icon, download, children }: LinkButtonProps) {
  return (
    <a className={`button ${tone}`} href={href} download={download ? "" : undefined}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}

type ButtonProps = { tone?: Tone; icon?: IconName; name?: string; value?: string; form?: string; children: ReactNode };

/** Submits the form it stands in, or the one whose id is `form`. */
export function Button({ tone = "plain", icon, children, ...rest }: ButtonProps) {
  return (
    <button className={`button ${tone}`} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
