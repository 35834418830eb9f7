"use client";

import { ErrorPanel } from "@/components/ui/error-panel";

/** Props of an error page of Next. */
export type PageFailure = { error: unknown; retry: () => void };

/** The content in place of a page that could not be shown. */
export function PageError({ error, retry }: PageFailure) {
  return (
    <>
      <title>This page could not be shown</title>
      <ErrorPanel title="This page could not be shown" errorId={digestOf(error)} retry={() => retry()}>
        <p>Something failed on our side. Try again; if it stays, quote the error below to support.</p>
      </ErrorPanel>
    </>
  );
}

function digestOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("digest" in error)) return undefined;
  return typeof error.digest === "string" ? error.digest : undefined;
}
