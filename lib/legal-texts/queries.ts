import "server-only";
import { readFileSync } from "node:fs";
import { brand } from "@/lib/brand";
import { env } from "@/lib/env";
import { type LegalSection, type LegalTextName, parseLegalText, shippedLegalTexts } from "@/lib/legal-texts/rules";

/** The sections of the operator's text from its file, or of the shipped one. */
export function getLegalText(name: LegalTextName): LegalSection[] {
  const { BRAND_TERMS_FILE, BRAND_PRIVACY_FILE, AUDIT_RETENTION_DAYS } = env();
  const file = { terms: BRAND_TERMS_FILE, privacy: BRAND_PRIVACY_FILE }[name];
  return parseLegalText(file ? readFileSync(file, "utf8") : shippedLegalTexts[name]({ ...brand(), auditDays: AUDIT_RETENTION_DAYS }));
}
