import { headers } from "next/headers";
import { LinkButton } from "@/components/ui/button";
import { DocumentTitle } from "@/components/ui/document-title";
import { hintClass } from "@/components/ui/form-class";
import { brand } from "@/lib/brand";

// Next includes this in every page, so it is kept small.
export default async function NotFound() {
  const requestId = (await headers()).get("x-request-id");
  return (
    <main className="grid min-h-dvh place-content-center justify-items-start gap-3 p-6" id="main">
      <DocumentTitle parts={["Not found", brand().name]} />
      <h1 className="text-[20px] font-semibold">Not found</h1>
      <p>There is nothing at this address, or you don’t have access to it.</p>
      <LinkButton href="/">Go to the start page</LinkButton>
      {requestId && (
        <p className={hintClass}>
          Request <code>{requestId}</code>
        </p>
      )}
    </main>
  );
}
