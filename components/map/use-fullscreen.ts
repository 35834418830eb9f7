"use client";

import { type RefObject, useEffect, useState } from "react";
import { pressedKey } from "@/components/ui/keyboard";

/** Fills the screen with an element, or the window where the browser cannot. */
export function useFullscreen(element: RefObject<HTMLElement | null>) {
  const [isFull, setFull] = useState(false);

  useEffect(() => {
    const follow = () => setFull(document.fullscreenElement === element.current && element.current !== null);
    const leave = (event: KeyboardEvent) => pressedKey(event) === "Escape" && !document.fullscreenElement && setFull(false);
    document.addEventListener("fullscreenchange", follow);
    document.addEventListener("keydown", leave);
    return () => {
      document.removeEventListener("fullscreenchange", follow);
      document.removeEventListener("keydown", leave);
    };
  }, [element]);

  const toggle = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else if (isFull || !document.fullscreenEnabled) setFull(!isFull);
    else element.current?.requestFullscreen().catch(() => setFull(true));
  };
  return { isFull, toggle };
}
