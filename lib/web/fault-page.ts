import type { ServerResponse } from "node:http";
import { contentSecurityPolicy, newNonce } from "@/lib/web/headers";

const style = `
  :root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
  body { display: grid; min-height: 100vh; margin: 0; place-content: center; }
  main { max-width: 26rem; padding: 1.5rem; }
  h1 { font-size: 20px; font-weight: 600; margin: 0 0 .5rem; }
  p { margin: .5rem 0; }
  small { overflow-wrap: anywhere; }`;

/** The page shown when a page failed: complete in itself, without script, with the id to quote. */
export function faultPage(requestId: string, { outage, nonce }: { outage: boolean; nonce: string }): string {
  const title = outage ? "The portal is not available right now" : "This page could not be shown";
  const reason = outage
    ? "It cannot reach its database. Nothing you saved is lost; it will be back shortly."
    : "Something failed on our side. Try again; if it stays, quote the error below to support.";
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<style nonce="${nonce}">${style}</style></head>
<body><main><h1>${title}</h1><p>${reason}</p><p><a href="">Try again</a></p><p><small>Error ${requestId}</small></p></main></body>
</html>
`;
}

type Shell = { secure: boolean; development?: boolean };
type Loose = (...args: unknown[]) => unknown;

/**
 * Mends what Next settles at the last moment: the status is the one the application decided on, a page that failed is
 * replaced by one that needs no script, and a `Vary` that was overwritten says again that answers differ by cookie.
 */
export function amend(response: ServerResponse, requestId: string, { secure, development }: Shell): void {
  const writeHead = response.writeHead.bind(response) as Loose;
  const write = response.write.bind(response) as Loose;
  const end = response.end.bind(response) as Loose;
  const personal = response.hasHeader("Vary");
  let page: string | undefined;

  response.writeHead = ((given: number, ...rest: unknown[]) => {
    // Next sets 500 after the application has said for how long it is not available.
    const status = given === 500 && response.hasHeader("Retry-After") ? 503 : given;
    if (personal) varyByCookie(response);
    const failed = given >= 500 && String(response.getHeader("Content-Type")).startsWith("text/html");
    if (development || !failed) return writeHead(status, ...rest);

    const nonce = newNonce();
    page = faultPage(requestId, { outage: status === 503, nonce });
    for (const name of ["Content-Encoding", "Transfer-Encoding", "ETag", "Link"]) response.removeHeader(name);
    response.setHeader("Content-Security-Policy", contentSecurityPolicy(nonce, { secure }));
    response.setHeader("Content-Length", Buffer.byteLength(page));
    return writeHead(status);
  }) as typeof response.writeHead;

  response.write = ((...args: unknown[]) => {
    if (!response.headersSent) response.writeHead(response.statusCode);
    return page === undefined ? write(...args) : true;
  }) as typeof response.write;

  response.end = ((...args: unknown[]) => {
    if (!response.headersSent && response.statusCode >= 500) response.writeHead(response.statusCode);
    return page === undefined ? end(...args) : end(page);
  }) as typeof response.end;
}

function varyByCookie(response: ServerResponse): void {
  const vary = String(response.getHeader("Vary") ?? "");
  if (!/\bcookie\b/i.test(vary)) response.setHeader("Vary", vary ? `Cookie, ${vary}` : "Cookie");
}
