"use client";

import { ErrorPanel } from "@/components/ui/error-panel";

/** Props of an error page of Next. */
export type PageFailure = { error: unknown; retry: () => void };

/** The content in place of a page that couldn’t be shown. */
export function PageError({ error, retry }: PageFailure) {
  return (
    <>
      <title>This page couldn’t be shown</title>
      <ErrorPanel title="This page couldn’t be shown" errorId={digestOf(error)} retry={() => retry()}>
        <p>Something went wrong on our side. Try again. If it keeps happening, give support the error ID below.</p>
      </ErrorPanel>
    </>
  );
}

function digestOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("digest" in error)) return undefined;
  return typeof error.digest === "string" ? error.digest : undefined;
}
