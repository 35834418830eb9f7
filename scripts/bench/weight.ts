import { gzipSync } from "node:zlib";

type Part = { path: string; bytes: number };

/** Gzipped bytes that a browser loads for a page. */
export type Weight = { html: number; script: number; style: number; scripts: Part[] };

const compressed = (body: string | Uint8Array) => gzipSync(body).length;

/** Scripts in the markup and the RSC payload of a page, without nomodule scripts. */
export function scriptUrls(html: string): string[] {
  const old = [...html.matchAll(/<script\b[^>]*>/gi)].filter(([tag]) => /\bnomodule\b/i.test(tag)).join("");
  const named = [...html.matchAll(/\/_next\/static\/[^"'\\\s?<>]+\.js/g)].map(([path]) => path);
  return [...new Set(named)].filter((path) => !old.includes(path));
}

/** The style sheets of a page. */
export function stylesheetUrls(html: string): string[] {
  const links = [...html.matchAll(/<link\b[^>]*rel="stylesheet"[^>]*>/gi)];
  return [...new Set(links.flatMap(([tag]) => /href="([^"?]+)/.exec(tag)?.[1] ?? []))];
}

async function partsOf(origin: string, paths: string[]): Promise<Part[]> {
  return Promise.all(
    paths.map(async (path) => {
      const response = await fetch(origin + path);
      if (!response.ok) throw new Error(`${path} responded ${response.status}`);
      return { path, bytes: compressed(new Uint8Array(await response.arrayBuffer())) };
    }),
  );
}

const sum = (parts: Part[]) => parts.reduce((total, { bytes }) => total + bytes, 0);

/** Measures the transfer size of a page on first load. */
export async function measureWeight(origin: string, path: string, cookie: string): Promise<Weight> {
  const response = await fetch(origin + path, { headers: { cookie, accept: "text/html" }, redirect: "manual" });
  const html = await response.text();
  const [scripts, styles] = await Promise.all([partsOf(origin, scriptUrls(html)), partsOf(origin, stylesheetUrls(html))]);
  return { html: compressed(html), script: sum(scripts), style: sum(styles), scripts: scripts.sort((a, b) => b.bytes - a.bytes) };
}

/** The path of a payload with the parameter that the server adds to it. */
export async function payloadPath(origin: string, path: string, cookie: string): Promise<string> {
  const response = await fetch(origin + path, { headers: { cookie, rsc: "1" }, redirect: "manual" });
  await response.arrayBuffer();
  return response.headers.get("location") ?? path;
}
