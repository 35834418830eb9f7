/** A way to write a request for a path, by its URL or headers, that Next or a proxy may treat differently. */
export type RequestVariant = [name: string, path: (path: string) => string, headers?: Record<string, string>];

export const commonVariants: readonly RequestVariant[] = [
  ["itself", (path) => path],
  [".rsc", (path) => `${path}.rsc`],
  ["?_rsc=", (path) => `${path}?_rsc=1abcd`],
  ["RSC: 1", (path) => path, { RSC: "1" }],
  ["a prefetch", (path) => path, { RSC: "1", "Next-Router-Prefetch": "1" }],
  ["a segment prefetch", (path) => path, { RSC: "1", "Next-Router-Prefetch": "1", "Next-Router-Segment-Prefetch": "/_tree" }],
  ["a segment file", (path) => `${path}.segments/_tree.segment.rsc`],
  ["x-middleware-subrequest", (path) => path, { "X-Middleware-Subrequest": "proxy:proxy:proxy:proxy:proxy" }],
  ["upper case", (path) => path.toUpperCase()],
  ["a trailing slash", (path) => `${path}/`],
  ["_next/data", (path) => `/_next/data/build${path}.json`],
];
