import type { ReactNode } from "react";
import { IconPath } from "./icon-path";
import { AppLink } from "./link";

type Variant = "plain" | "primary" | "quiet" | "danger";

type LinkButtonProps = { href: string; variant?: Variant; icon?: string; download?: boolean; children: ReactNode };

/** A link that looks like a button: for what opens a page or a dialog. */
export function LinkButton({ href, variant = "plain", icon, download, children }: LinkButtonProps) {
  const className = `button ${variant}`;
  const content = (
    <>
      {icon && <IconPath d={icon} />}
      {children}
    </>
  );
  if (download) return <a className={className} href={href} download="">{content}</a>;
  return <AppLink className={className} href={href}>{content}</AppLink>;
}

type ButtonProps = { variant?: Variant; icon?: string; name?: string; value?: string; form?: string; children: ReactNode };

/** Submits the form it stands in, or the one whose id is `form`. */
export function Button({ variant = "plain", icon, children, ...rest }: ButtonProps) {
  return (
    <button className={`button ${variant}`} {...rest}>
      {icon && <IconPath d={icon} />}
      {children}
    </button>
  );
}
