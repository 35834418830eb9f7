import type { CustomFetchOptions } from "openid-client";

const maxBytes = 256 * 1024;

/** `fetch` for an address of the installation's settings, which refuses long responses. */
export async function limitedFetch(address: string, options: CustomFetchOptions): Promise<Response> {
  const { status, statusText, headers, body } = await fetch(address, { ...(options as RequestInit), cache: "no-store" });
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body ?? []) {
    bytes += part.length;
    if (bytes > maxBytes) throw new Error("The response is too long");
    parts.push(part);
  }
  return new Response(parts.length > 0 ? Buffer.concat(parts) : null, { status, statusText, headers });
}
