"use client";

import Link, { useLinkStatus } from "next/link";
import { type ComponentProps, createContext, type MouseEvent, useContext } from "react";
import { ProgressBar } from "./progress-bar";
import { textLink } from "./text-link";

/** Whether a link is in a dialog, so that the page below keeps its scroll position. */
export const DialogContext = createContext(false);

const opensDialog = (href: string) => /[?&]dialog=/.test(href);

type AppLinkProps = Omit<ComponentProps<"a">, "href" | "onClick" | "download" | "target"> & { href: string };

/** A link within the portal: next/link without prefetching; it closes the popover that contains it. */
export function AppLink({ href, children, ...rest }: AppLinkProps) {
  const inDialog = useContext(DialogContext);
  return (
    <Link {...rest} href={href} prefetch={false} scroll={!inDialog && !opensDialog(href)} onClick={closePopover}>
      {children}
      <Pending />
    </Link>
  );
}

/** A link within text. */
export const TextLink = (props: AppLinkProps) => <AppLink {...props} className={textLink} />;

function closePopover({ currentTarget }: MouseEvent<HTMLAnchorElement>) {
  currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
}

function Pending() {
  return useLinkStatus().pending ? <ProgressBar /> : null;
}
