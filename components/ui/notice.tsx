"use client";

import { useEffect, useState } from "react";

type NoticeProps = { text: string; link?: { label: string; href: string } };

/**
 * What was just done, told by the page that follows; it goes by itself and is not told again on a refresh. Each answer
 * gives it a key of its own, since the same may be done twice.
 */
export function Notice({ text, link }: NoticeProps) {
  const [gone, setGone] = useState("");
  const [told, setTold] = useState("");

  useEffect(() => {
    const address = new URL(window.location.href);
    if (address.searchParams.has("notice")) {
      address.searchParams.delete("notice");
      window.history.replaceState(window.history.state, "", address);
    }
    const timers = [window.setTimeout(() => setTold(text), 100), window.setTimeout(() => setGone(text), 8000)];
    return () => timers.forEach((timer) => window.clearTimeout(timer));
  }, [text]);

  if (gone === text) return null;
  return (
    <div className="toasts" role="status">
      <div className="toast">
        {/* Screen readers tell what changes in a region, not what it came with. */}
        <span key={told}>{text}</span>
        {link && <a href={link.href}>{link.label}</a>}
      </div>
    </div>
  );
}
