import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";

export const metadata: Metadata = { title: "Not found" };

export default async function NotFound() {
  const requestId = (await headers()).get("x-request-id");
  return (
    <main className="fault" id="main">
      <h1>Not found</h1>
      <p>There is nothing at this address, or it is not open to you.</p>
      <p>
        <Link href="/">Go to the start page</Link>
      </p>
      {requestId && <p className="fault-id">Request {requestId}</p>}
    </main>
  );
}
