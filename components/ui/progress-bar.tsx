"use client";

import { createPortal } from "react-dom";

/** A progress line at the top of the page; mounted only while a navigation is pending. */
export function ProgressBar() {
  return createPortal(
    <div className="fixed inset-x-0 top-0 z-20 h-0.5 origin-left scale-x-90 bg-accent transition-transform delay-200 duration-[4s] ease-[cubic-bezier(0.1,0.7,0.2,1)] starting:scale-x-0" />,
    document.body,
  );
}
