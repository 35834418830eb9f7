"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { type MouseEvent, type ReactNode, use } from "react";
import { buttonClass, Spinner } from "@/components/ui/button";
import { alertClass } from "@/components/ui/form-class";
import { IconPath } from "@/components/ui/icon-path";
import { circleAlert, history } from "@/components/ui/icons";
import { textLink } from "@/components/ui/text-link";
import { FormContext } from "./context";
import { keepDraft } from "./draft";

type SubmitButtonProps = {
  children: ReactNode;
  variant?: "primary" | "danger" | "plain";
  name?: string;
  value?: string;
  /** Without script the response opens in a new tab. */
  inNewTab?: boolean;
};

/** The submit button; shows progress and is inactive while the form is submitted. */
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

function usePageAddress(): string {
  const query = useSearchParams().toString();
  const path = usePathname();
  return query ? `${path}?${query}` : path;
}

/** Reloads the page by a full navigation, which discards what was typed. */
function ReloadLink() {
  const address = usePageAddress();
  return (
    <>
      {" "}
      <a className={textLink} href={address} target="_self">
        Reload the page
      </a>
    </>
  );
}

/** Leads to the sign-in page and back; what was typed is kept in this tab. */
function SignInLink() {
  const address = usePageAddress();
  const keep = ({ currentTarget }: MouseEvent<HTMLAnchorElement>) => {
    const form = currentTarget.closest("form");
    if (form) keepDraft(form);
  };
  return (
    <>
      {" "}
      <a className={textLink} href={`/sign-in?next=${encodeURIComponent(address)}`} data-discard="" onClick={keep}>
        Sign in
      </a>
    </>
  );
}

/** Reloads the page without the unsaved changes; shown while there are some, and always without script. */
export function DiscardLink() {
  const address = usePageAddress();
  return (
    <span className="hidden in-data-unsaved:contents noscript:contents">
      <a className={buttonClass("quiet")} href={address} target="_self" data-discard="">
        Discard
      </a>
    </span>
  );
}

/** Repeats the buttons of a long form at the bottom of the screen when its header has scrolled away. */
export const FormEnd = ({ children }: { children: ReactNode }) => (
  <div className="sticky bottom-0 z-3 -mx-gutter hidden justify-end gap-2 border-t border-line bg-bg px-gutter py-2 short:flex print:hidden">{children}</div>
);

const Restored = () => (
  <p className={alertClass("warn")} role="status">
    <IconPath d={history} />
    We restored what you entered. It isn’t saved yet.
  </p>
);

/** The error of the form as a whole, or that what was typed before the session ended is back. */
export function FormError() {
  const { message, errors, meanwhile, isOtherAccount, isSignedOut, isRestored } = use(FormContext);
  const whole = errors.root?.message ?? message;
  if (!whole) return isRestored ? <Restored /> : null;
  return (
    <p className={alertClass(meanwhile ? "warn" : "bad")} role="alert" tabIndex={-1} data-form-error="">
      <IconPath d={circleAlert} />
      <span>
        {String(whole)}
        {isSignedOut ? <SignInLink /> : isOtherAccount && <ReloadLink />}
      </span>
    </p>
  );
}
