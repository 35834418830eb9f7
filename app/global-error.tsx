"use client";

import type { PageFailure } from "@/components/layout/page-error";
import "./globals.css";
import ErrorPage from "./error";

export default function GlobalError(failure: PageFailure) {
  return (
    <html lang="en">
      <body>
        <ErrorPage {...failure} />
      </body>
    </html>
  );
}
