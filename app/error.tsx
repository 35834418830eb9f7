"use client";

import { ErrorPanel } from "@/components/ui/error-panel";

type Fault = { error: unknown; retry: () => void };

export default function ErrorPage({ error, retry }: Fault) {
  return (
    <main className="grid min-h-dvh place-content-center" id="main">
      <title>This page could not be shown</title>
      <ErrorPanel title="This page could not be shown" errorId={digestOf(error)} retry={() => retry()}>
        <p>Something failed on our side. Try again; if it stays, quote the error below to support.</p>
      </ErrorPanel>
    </main>
  );
}

function digestOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("digest" in error)) return undefined;
  return typeof error.digest === "string" ? error.digest : undefined;
}
