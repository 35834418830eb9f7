import { contentSecurityPolicy, type CspOptions, emailCsp, isEmailDocument } from "@/lib/web/csp";

const disabledFeatures = [
  "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi",
  "payment", "usb", "xr-spatial-tracking",
];

/** What every response carries: pages, errors, redirects and static files alike. */
export const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Origin-Agent-Cluster", value: "?1" },
  { key: "Permissions-Policy", value: disabledFeatures.map((feature) => `${feature}=()`).join(", ") },
] as const;

/** Whether the path contains the secret of a link. */
export const isTokenPage = (pathname: string) => /^\/(?:verify|reset|invite|enroll)(?:\/|$)/.test(pathname);

const isPublicFile = (pathname: string) =>
  pathname.startsWith("/_next/static/") || /^\/[\w.-]+\.(?:ico|png|svg|webp|txt|webmanifest|woff2)$/.test(pathname);

/** The headers that a response at this path starts with, before anything is rendered. */
export function responseHeaders(pathname: string, options: CspOptions): [string, string][] {
  const headers: [string, string][] = securityHeaders.map(({ key, value }) => [key, value]);
  // A sandboxed document with an opener policy is not opened at all.
  if (isEmailDocument(pathname)) headers.push(["Content-Security-Policy", emailCsp], ["X-Frame-Options", "SAMEORIGIN"], ["Cross-Origin-Opener-Policy", "unsafe-none"]);
  else headers.push(["Content-Security-Policy", contentSecurityPolicy(undefined, options)]);
  if (options.secure) headers.push(["Strict-Transport-Security", "max-age=31536000"]);
  if (isTokenPage(pathname)) headers.push(["Referrer-Policy", "no-referrer"]);
  if (!isPublicFile(pathname)) headers.push(["Cache-Control", "private, no-store"], ["Vary", "Cookie"]);
  return headers;
}
