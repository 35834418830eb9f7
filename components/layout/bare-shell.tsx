"use client";

import type { ReactNode } from "react";
import { TitleSuffix } from "@/components/ui/document-title";
import { Brand } from "./brand";

/** The layout of a public page: a bar with the product name. */
export function BareShell({ product, children }: { product: string; children: ReactNode }) {
  return (
    <>
      <header className="sticky top-0 z-6 flex h-bar items-center border-b border-line bg-surface ps-4 pe-3 short:static">
        <Brand product={product} href="/" />
      </header>
      <main id="main">
        <TitleSuffix value={[product]}>{children}</TitleSuffix>
      </main>
    </>
  );
}
