import { randomBytes } from "node:crypto";

const disabledFeatures = [
  "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi",
  "payment", "usb", "xr-spatial-tracking",
];

/** What every answer carries, whoever writes it: pages, errors, redirects and static files alike. */
export const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Origin-Agent-Cluster", value: "?1" },
  { key: "Permissions-Policy", value: disabledFeatures.map((feature) => `${feature}=()`).join(", ") },
] as const;

/** Whether the address of the page is itself a secret: whoever holds it may act. */
export const isTokenPage = (pathname: string) => /^\/(?:verify|reset|invite)(?:\/|$)/.test(pathname);

/** A fresh value that lets this answer's own inline scripts run, and no others. */
export const newNonce = () => randomBytes(16).toString("base64");

type ShellOptions = { secure: boolean; development?: boolean };

/** `forms` are the origins to which a form of the page may be led on. */
type PolicyOptions = ShellOptions & { forms?: readonly string[] };

/** The content security policy; without a nonce no inline script runs at all. */
export function contentSecurityPolicy(nonce: string | undefined, { secure, development = false, forms = [] }: PolicyOptions): string {
  const own = nonce ? ` 'nonce-${nonce}'` : "";
  return [
    "default-src 'self'",
    `script-src 'self'${own}${nonce ? " 'strict-dynamic'" : ""}${development ? " 'unsafe-eval'" : ""}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self'${own}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ["form-action 'self'", ...forms].join(" "),
    ...(secure ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

const isPublicFile = (pathname: string) =>
  pathname.startsWith("/_next/static/") || /^\/[\w.-]+\.(?:ico|png|svg|webp|txt|webmanifest|woff2)$/.test(pathname);

/** The headers of an answer at this path before anybody has written it. */
export function headersFor(pathname: string, { secure, development = false }: ShellOptions): Array<[string, string]> {
  return [
    ...securityHeaders.map(({ key, value }): [string, string] => [key, value]),
    ["Content-Security-Policy", contentSecurityPolicy(undefined, { secure, development })],
    ...(secure ? [["Strict-Transport-Security", "max-age=31536000"] satisfies [string, string]] : []),
    ...(isTokenPage(pathname) ? [["Referrer-Policy", "no-referrer"] satisfies [string, string]] : []),
    ...(isPublicFile(pathname)
      ? []
      : [
          ["Cache-Control", "private, no-store"] satisfies [string, string],
          ["Vary", "Cookie"] satisfies [string, string],
        ]),
  ];
}
