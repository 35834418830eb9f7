"use client";

import "./globals.css";
import ErrorPage from "./error";

export default function GlobalError(fault: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <ErrorPage {...fault} />
      </body>
    </html>
  );
}
