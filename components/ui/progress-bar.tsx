"use client";

import { useEffect, useState } from "react";
import { createPortal } from "react-dom";

const delayMs = 300;

/** A progress line at the top of the page; mounted while a navigation is pending, and shown once it has taken a while. */
export function ProgressBar() {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setShown(true), delayMs);
    return () => window.clearTimeout(timer);
  }, []);
  if (!isShown) return null;
  // What is outside of a modal dialog lies behind its backdrop.
  return createPortal(
    <div
      role="progressbar"
      aria-label="Loading"
      className="fixed inset-x-0 top-0 z-20 h-0.5 origin-left scale-x-90 bg-accent transition-transform duration-[4s] ease-[cubic-bezier(0.1,0.7,0.2,1)] starting:scale-x-0"
    />,
    document.querySelector("dialog:modal") ?? document.body,
  );
}
