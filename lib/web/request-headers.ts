import type { AppOrigin } from "@/lib/web/app-origin";
import { requestedPath } from "@/lib/web/request";

export type RequestFacts = {
  app: AppOrigin;
  requestId: string;
  target: string;
  origin?: string;
  csp?: string;
  /** The addresses a request came by; the last is that of the connection. */
  forwardedFor?: string;
};

const reserved = [
  /^x-(?:middleware|invoke|now|vercel|original|rewrite)-/,
  /^x-forwarded-(?:host|port|server|prefix)$/,
  /^(?:forwarded|x-real-ip|x-nonce|x-matched-path|x-nextjs-data|next-resume)$/,
  /^x-(?:http-)?method(?:-override)?$/,
  /^content-security-policy(?:-report-only)?$/,
];

/** Whether a request header is ours to set and never a client's. */
export const isReservedHeader = (name: string): boolean => reserved.some((pattern) => pattern.test(name.toLowerCase()));

/** The request headers that the application is given in place of what a client may have sent under these names. */
export function trustedHeaders({ app, requestId, target, origin, csp, forwardedFor }: RequestFacts): [name: string, value: string][] {
  const headers: [string, string | undefined][] = [
    ["x-request-id", requestId],
    ["x-path", requestedPath(target)],
    ["content-security-policy", csp],
    ["x-forwarded-for", forwardedFor],
    ["x-forwarded-proto", forwardedFor && (app.secure ? "https" : "http")],
    // A token page's form says no origin of its own; that it is ours was checked before.
    ["origin", origin === "null" ? app.origin : undefined],
  ];
  return headers.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] satisfies [string, string]]));
}
