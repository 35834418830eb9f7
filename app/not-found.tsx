import type { Metadata } from "next";
import { headers } from "next/headers";
import { Door } from "@/components/layout/door";
import { LinkButton } from "@/components/ui/button";
import { brand } from "@/lib/brand";

export const metadata: Metadata = { title: "Not found" };

export default async function NotFound() {
  const requestId = (await headers()).get("x-request-id");
  return (
    <Door product={brand().name} title="Not found" subtitle="There is nothing at this address, or it is not open to you.">
      <LinkButton href="/">Go to the start page</LinkButton>
      {requestId && (
        <p className="hint">
          Request <code>{requestId}</code>
        </p>
      )}
    </Door>
  );
}
