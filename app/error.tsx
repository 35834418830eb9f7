"use client";

import { PageError, type PageFailure } from "@/components/layout/page-error";

export default function ErrorPage(failure: PageFailure) {
  return (
    <main className="grid min-h-dvh place-content-center" id="main">
      <PageError {...failure} />
    </main>
  );
}
