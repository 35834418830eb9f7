"use client";

import { useCallback, useEffect, useState } from "react";
import { AppLink } from "./link";
import { Toast, Toasts } from "./toast";

type FlashMessageProps = { text: string; link?: { label: string; href: string } };

const shownFor = 8_000;

/**
 * What was just done, told by the page that follows. It goes by itself, though not while somebody is at it, and is not
 * told again on a refresh. Each answer gives it a key of its own, since the same may be done twice.
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
        {/* Screen readers announce what changes in a live region, not what it came with. */}
        <span key={told} className="min-w-0 flex-1 wrap-anywhere">{text}</span>
        {link && <AppLink href={link.href}>{link.label}</AppLink>}
      </Toast>
    </Toasts>
  );
}
