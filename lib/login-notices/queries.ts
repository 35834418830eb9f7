import "server-only";
import { brand } from "@/lib/brand";
import { env } from "@/lib/env";
import { defaultNotices, noticeKindOf, paragraphsOf, versionOf } from "@/lib/login-notices/rules";
import type { Present } from "@/lib/sessions/queries";

/** The login notice as this person must accept it at present, under the version of its text (PWD-5). */
export function noticeFor({ memberships }: Pick<Present, "memberships">) {
  const { PARTNER_NOTICE: user, PARTNER_ADMIN_NOTICE: administrator } = env();
  const kind = noticeKindOf(memberships);
  const text = { user, administrator }[kind] ?? defaultNotices(brand())[kind];
  return { kind, version: versionOf(text), paragraphs: paragraphsOf(text) };
}
