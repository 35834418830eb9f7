"use client";

import type { ReactNode } from "react";
import { ProgressBar } from "@/components/ui/progress-bar";
import { useSoftNavigation } from "./use-soft-navigation";

/** A part of a page whose plain links and GET forms navigate without loading a document. */
export function SoftNavigation({ address, children }: { address?: string; children: ReactNode }) {
  const { pending, root } = useSoftNavigation(address);
  return (
    <div {...root}>
      {pending && <ProgressBar />}
      {children}
    </div>
  );
}
