"use client";

import { useRouter } from "next/navigation";
import { createContext, useContext, useEffect, useRef } from "react";

/** The version of the frame; none without a frame. */
export const ShellVersion = createContext<string | null>(null);

/** Refreshes the frame when this page was rendered for other permissions or another account than the frame. */
export function CheckShellVersion({ version }: { version: string }) {
  const router = useRouter();
  const shown = useContext(ShellVersion);
  const asked = useRef<string>(undefined);
  useEffect(() => {
    if (shown === null || shown === version || asked.current === version) return;
    asked.current = version;
    router.refresh();
  }, [router, shown, version]);
  return null;
}
