import { gzipSync } from "node:zlib";

type Part = { path: string; bytes: number };

/** What a browser fetches for a page, each part in bytes as gzip sends it. */
export type Weight = { html: number; script: number; style: number; scripts: Part[] };

const compressed = (body: string | Uint8Array) => gzipSync(body).length;

/** The scripts a page names, in its markup or in the data of its first render; not those for old browsers only. */
export function scriptsOf(html: string): string[] {
  const old = [...html.matchAll(/<script\b[^>]*>/gi)].filter(([tag]) => /\bnomodule\b/i.test(tag)).join("");
  const named = [...html.matchAll(/\/_next\/static\/[^"'\\\s?<>]+\.js/g)].map(([path]) => path);
  return [...new Set(named)].filter((path) => !old.includes(path));
}

/** The style sheets a page waits for. */
export function stylesOf(html: string): string[] {
  const links = [...html.matchAll(/<link\b[^>]*rel="stylesheet"[^>]*>/gi)];
  return [...new Set(links.flatMap(([tag]) => /href="([^"?]+)/.exec(tag)?.[1] ?? []))];
}

async function partsOf(address: string, paths: string[]): Promise<Part[]> {
  return Promise.all(
    paths.map(async (path) => {
      const answer = await fetch(address + path);
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
      return { path, bytes: compressed(new Uint8Array(await answer.arrayBuffer())) };
    }),
  );
}

const sum = (parts: Part[]) => parts.reduce((total, { bytes }) => total + bytes, 0);

/** Weighs a page as it is first opened. */
export async function weigh(address: string, path: string, cookie: string): Promise<Weight> {
  const answer = await fetch(address + path, { headers: { cookie, accept: "text/html" }, redirect: "manual" });
  const html = await answer.text();
  const [scripts, styles] = await Promise.all([partsOf(address, scriptsOf(html)), partsOf(address, stylesOf(html))]);
  return { html: compressed(html), script: sum(scripts), style: sum(styles), scripts: scripts.sort((a, b) => b.bytes - a.bytes) };
}
