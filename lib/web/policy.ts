import { brand } from "@/lib/brand";
import { env } from "@/lib/env";
import { contentSecurityPolicy, newNonce } from "@/lib/web/headers";

/** The script policy of one answer: a nonce of its own, and the forms that may lead elsewhere (WEB-2). */
export const answerPolicy = (shell: { secure: boolean; development?: boolean }): string =>
  contentSecurityPolicy(newNonce(), { ...shell, forms: formTargets() });

/** Where a form may lead besides here: to Google, and to the installations that serve other regions (ACC-1, ACC-13). */
function formTargets(): string[] {
  const { GOOGLE_CLIENT_ID, GOOGLE_ISSUER } = env();
  const elsewhere = Object.values(brand().instanceUrls).filter((url) => url !== undefined);
  return [...(GOOGLE_CLIENT_ID ? [GOOGLE_ISSUER] : []), ...elsewhere].map((url) => new URL(url).origin);
}
