"use client";

import { PageError, type PageFailure } from "@/components/layout/page-error";

export default function ErrorPage(failure: PageFailure) {
  return (
    <div className="pt-7">
      <PageError {...failure} />
    </div>
  );
}
