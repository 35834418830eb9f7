"use client";

type Fault = { error: unknown; retry: () => void };

export default function ErrorPage({ error, retry }: Fault) {
  const errorId = digestOf(error);
  return (
    <main className="fault" id="main">
      <h1>This page could not be shown</h1>
      <p>Something failed on our side. Try again; if it stays, quote the error below to support.</p>
      <p>
        <button className="button" type="button" onClick={() => retry()}>
          Try again
        </button>
      </p>
      {errorId && <p className="fault-id">Error {errorId}</p>}
    </main>
  );
}

function digestOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("digest" in error)) return undefined;
  return typeof error.digest === "string" ? error.digest : undefined;
}
