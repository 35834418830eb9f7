"use client";

import { useRouter } from "next/navigation";
import { createContext, useContext, useEffect, useRef } from "react";

/** The version of what the frame shows; none where there is no frame. */
export const ShellVersion = createContext<string | null>(null);

/** Refreshes a frame that was kept over navigation when this page was drawn for other rights or another account. */
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
