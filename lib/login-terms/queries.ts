import "server-only";
import { brand } from "@/lib/brand";
import { env } from "@/lib/env";
import { defaultTerms, termsAudience, splitParagraphs, textVersion } from "@/lib/login-terms/rules";
import type { AuthSession } from "@/lib/sessions/queries";

/** The login terms that this person must accept, with the version of the text. */
export function getLoginTerms({ memberships }: Pick<AuthSession, "memberships">) {
  const { PARTNER_NOTICE: user, PARTNER_ADMIN_NOTICE: administrator } = env();
  const audience = termsAudience(memberships);
  const text = { user, administrator }[audience] ?? defaultTerms(brand())[audience];
  return { audience, version: textVersion(text), paragraphs: splitParagraphs(text) };
}
