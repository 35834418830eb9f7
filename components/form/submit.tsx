"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { type ReactNode, use } from "react";
import { buttonClass, Spinner } from "@/components/ui/button";
import { alertClass } from "@/components/ui/form-class";
import { IconPath } from "@/components/ui/icon-path";
import { circleAlert } from "@/components/ui/icons";
import { textLink } from "@/components/ui/text-link";
import { FormContext } from "./context";

type SubmitButtonProps = {
  children: ReactNode;
  variant?: "primary" | "danger" | "plain";
  name?: string;
  value?: string;
  /** Without script the answer opens in a tab of its own. */
  inNewTab?: boolean;
};

/** Says what happens; while it happens it says so and does nothing more. */
export function SubmitButton({ children, variant = "primary", inNewTab, ...named }: SubmitButtonProps) {
  const { pending } = use(FormContext);
  const target = inNewTab ? "_blank" : undefined;
  return (
    <button className={buttonClass(variant)} {...named} formTarget={target} aria-disabled={pending || undefined}>
      {pending && <Spinner />}
      {children}
      {pending && <span className="sr-only" role="status">In progress</span>}
    </button>
  );
}

/** A link that the browser follows by itself: the page and everything typed on it are fetched anew. */
function ReloadLink() {
  const query = useSearchParams().toString();
  const path = usePathname();
  return (
    <>
      {" "}
      <a className={textLink} href={query ? `${path}?${query}` : path} target="_self">
        Reload the page
      </a>
    </>
  );
}

/** What is wrong with the whole rather than with one field. */
export function FormError() {
  const { message, errors, meanwhile, isOtherAccount } = use(FormContext);
  const whole = errors.root?.message ?? message;
  if (!whole) return null;
  return (
    <p className={alertClass(meanwhile ? "warn" : "bad")} role="alert" tabIndex={-1} data-form-error="">
      <IconPath d={circleAlert} />
      <span>
        {String(whole)}
        {isOtherAccount && <ReloadLink />}
      </span>
    </p>
  );
}
