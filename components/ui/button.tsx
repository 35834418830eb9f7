import type { ReactNode } from "react";
import { IconPath } from "./icon-path";
import { AppLink } from "./link";

const base =
  "inline-flex min-h-(--button-height) w-(--button-width) items-center justify-center gap-[7px] rounded-md border py-1 whitespace-nowrap transition-colors duration-100";

const variants = {
  plain: "px-3 font-medium border-line-strong bg-surface text-body hover:bg-sunken",
  primary: "px-3 font-medium border-ink bg-ink text-on-ink hover:bg-[color-mix(in_oklch,var(--color-ink)_88%,var(--color-surface))]",
  quiet: "px-3 font-medium border-transparent text-soft hover:bg-sunken",
  danger: "px-3 font-medium border-bad bg-bad text-surface",
  chip: "max-w-full px-2.5 border-line-strong bg-surface text-body hover:bg-sunken data-on:border-accent data-on:bg-accent-soft",
};

export type ButtonVariant = Exclude<keyof typeof variants, "chip">;

/** Classes of a button, for elements that are neither `Button` nor `LinkButton`. */
export const buttonClass = (variant: keyof typeof variants = "plain") => `${base} ${variants[variant]}`;

/** Buttons beside each other, at the end of a form or row. */
export const buttonRow = "flex flex-wrap gap-2";

type LinkButtonProps = { href: string; variant?: ButtonVariant; icon?: string; download?: boolean | string; children: ReactNode };

/** A link that looks like a button: for what opens a page or a dialog, or downloads a file. */
export function LinkButton({ href, variant, icon, download, children }: LinkButtonProps) {
  const content = (
    <>
      {icon && <IconPath d={icon} />}
      {children}
    </>
  );
  if (download) return <a className={buttonClass(variant)} href={href} download={download === true ? "" : download}>{content}</a>;
  return <AppLink className={buttonClass(variant)} href={href}>{content}</AppLink>;
}

/** The spinner of a pending button. */
export const Spinner = () => <span className="size-3 animate-spin rounded-full border-2 border-current border-r-transparent" />;

type ButtonProps = {
  variant?: ButtonVariant;
  icon?: string;
  name?: string;
  value?: string;
  form?: string;
  children: ReactNode;
};

/** Submits the form it stands in, or the one whose id is `form`. */
export function Button({ variant, icon, children, ...rest }: ButtonProps) {
  return (
    <button className={buttonClass(variant)} {...rest}>
      {icon && <IconPath d={icon} />}
      {children}
    </button>
  );
}
