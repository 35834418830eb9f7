import "server-only";
import { brand } from "@/lib/brand";
import { env } from "@/lib/env";
import { defaultNotices, noticeKindOf, paragraphsOf, versionOf } from "@/lib/login-notices/rules";
import type { Present } from "@/lib/sessions/queries";

/** The login terms that this person must accept, with the version of the text. */
export function noticeFor({ memberships }: Pick<Present, "memberships">) {
  const { PARTNER_NOTICE: user, PARTNER_ADMIN_NOTICE: administrator } = env();
  const audience = noticeKindOf(memberships);
  const text = { user, administrator }[audience] ?? defaultNotices(brand())[audience];
  return { audience, version: versionOf(text), paragraphs: paragraphsOf(text) };
}
