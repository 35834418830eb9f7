import { randomBytes } from "node:crypto";
import { brand } from "@/lib/brand";
import { env } from "@/lib/env";
import { applicationOrigins } from "@/lib/integrations/applications";
import { tileSource } from "@/lib/shared/map-settings";

export type CspOptions = { secure: boolean; development?: boolean };

/** A nonce for the inline scripts of one response. */
export const createNonce = () => randomBytes(16).toString("base64");

/** The content security policy; without a nonce no inline script runs, `forms` are the origins a form may lead to, and `images` further sources of images. */
export function contentSecurityPolicy(nonce: string | undefined, { secure, development = false, forms = [], images = [] }: CspOptions & { forms?: readonly string[]; images?: readonly string[] }): string {
  const own = nonce ? ` 'nonce-${nonce}'` : "";
  return [
    "default-src 'self'",
    `script-src 'self'${own}${nonce ? " 'strict-dynamic'" : ""}${development ? " 'unsafe-eval'" : ""}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self'${own}`,
    ["img-src 'self' data:", ...images].join(" "),
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ["form-action 'self'", ...forms].join(" "),
    ...(secure ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

/** The policy of one page: a nonce of its own, and forms that may lead to Google, to applications and to other regions' installations, and the tiles of maps. */
export const pageCsp = (pathname: string, options: CspOptions): string =>
  isEmailDocument(pathname) ? emailCsp : contentSecurityPolicy(createNonce(), { ...options, forms: formTargets(), images: tileSources() });

/** Whether the path is that of an email in the mailbox, an HTML document with styles of its own. */
export const isEmailDocument = (pathname: string) => /^\/mailbox\/[^/]+\/?$/.test(pathname);

/** The policy of an email in the mailbox: its styles apply, no script runs, and its links open outside of it. */
export const emailCsp = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "img-src data:",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
  "sandbox allow-popups allow-popups-to-escape-sandbox",
].join("; ");

function tileSources(): string[] {
  const { MAP_TILE_URL } = env();
  return MAP_TILE_URL ? [tileSource(MAP_TILE_URL)] : [];
}

function formTargets(): string[] {
  const { GOOGLE_CLIENT_ID, GOOGLE_ISSUER } = env();
  const elsewhere = Object.values(brand().instanceUrls).filter((url) => url !== undefined);
  const origins = [...(GOOGLE_CLIENT_ID ? [GOOGLE_ISSUER] : []), ...elsewhere].map((url) => new URL(url).origin);
  return [...new Set([...origins, ...applicationOrigins()])];
}
