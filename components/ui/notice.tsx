"use client";

import { useEffect, useState } from "react";

type NoticeProps = { text: string; link?: { label: string; href: string } };

/** What was just done, told by the page that follows; it goes by itself and is not told again on a refresh. */
export function Notice({ text, link }: NoticeProps) {
  const [gone, setGone] = useState("");

  useEffect(() => {
    const address = new URL(window.location.href);
    if (address.searchParams.has("notice")) {
      address.searchParams.delete("notice");
      window.history.replaceState(window.history.state, "", address);
    }
    const timer = window.setTimeout(() => setGone(text), 8000);
    return () => window.clearTimeout(timer);
  }, [text]);

  if (gone === text) return null;
  return (
    <div className="toasts">
      <div className="toast" role="status">
        <span>{text}</span>
        {link && <a href={link.href}>{link.label}</a>}
      </div>
    </div>
  );
}
