"use client";

import "./globals.css";
import ErrorPage from "./error";

export default function GlobalError(fault: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <head>
        <title>This page could not be shown</title>
      </head>
      <body>
        <ErrorPage {...fault} />
      </body>
    </html>
  );
}
