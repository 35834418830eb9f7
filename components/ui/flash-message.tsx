"use client";

import { useCallback, useEffect, useState } from "react";
import { AppLink } from "./link";
import { Toast, Toasts } from "./toast";

type FlashMessageProps = { text: string; link?: { label: string; href: string } };

const shownFor = 8_000;

/**
 * Confirms an action on the page that follows. It disappears by itself, but not while it is hovered or focused, and is not
 * shown again on a refresh. Each response has its own key, because the same action may be repeated.
 */
export function FlashMessage({ text, link }: FlashMessageProps) {
  const [told, setTold] = useState("");
  const [isGone, leave] = useState(false);
  const onGone = useCallback(() => leave(true), []);

  useEffect(() => {
    const address = new URL(window.location.href);
    if (address.searchParams.has("notice")) {
      address.searchParams.delete("notice");
      window.history.replaceState(window.history.state, "", address);
    }
    const timer = window.setTimeout(() => setTold(text), 100);
    return () => window.clearTimeout(timer);
  }, [text]);

  if (isGone) return null;
  return (
    <Toasts>
      <Toast shownFor={shownFor} onGone={onGone}>
        {/* Screen readers announce changes in a live region, not its initial content. */}
        <span key={told} className="min-w-0 flex-1 wrap-anywhere">{text}</span>
        {link && <AppLink href={link.href}>{link.label}</AppLink>}
      </Toast>
    </Toasts>
  );
}
