type Place = typeof globalThis & { signalboxPrinted?: () => string[] | undefined };

/** Tells this process where the document being answered keeps the markup it prints. */
export function printInto(pages: () => string[] | undefined): void {
  (globalThis as Place).signalboxPrinted = pages;
}

/** What the document being answered has printed so far; nothing where data is sent instead, and in a browser. */
export const printed = (): string[] | undefined => (globalThis as Place).signalboxPrinted?.();
