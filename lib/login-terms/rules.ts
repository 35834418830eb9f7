import { createHash } from "node:crypto";
import type { Role } from "@/lib/shared/roles";

export type TermsAudience = "user" | "administrator";

/** Super Users of a partner organization accept the administrators' terms, all other partners the users' terms. */
export const termsAudience = (memberships: readonly { role: Role; partner: boolean }[]): TermsAudience =>
  memberships.some(({ role, partner }) => partner && role === "super_user") ? "administrator" : "user";

/** The texts used when the installation configures none. */
export const defaultTerms = ({ operator }: { operator: string }): Record<TermsAudience, string> => ({
  user: `This portal is the property of ${operator}. Access without permission is prohibited. Partner access is for active partners: if your company is not one of them, do not use it and do not try to.

By using your company’s account you confirm that you are authorized to use it; that you keep to the password rules of your company; that you work for your company at present, as an employee or a contractor; and that you are responsible for what you do in its account.`,
  administrator: `This portal is the property of ${operator}. Access without permission is prohibited. Partner access is for active partners: if your company is not one of them, do not use it and do not try to.

By setting up an account on behalf of your company you confirm that you are authorized to do so; that you keep to the password rules of your company; that you give access to authorized people only; and that you remove the access of everyone who no longer works for your company. You agree that ${operator} is not responsible for what your company’s users do.`,
});

/** The version of a text: the first eight hex digits of its SHA-256 hash. */
export const textVersion = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 8);

/** Splits a text into paragraphs at blank lines. */
export const splitParagraphs = (text: string): string[] =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll(/\s+/g, " ").trim())
    .filter(Boolean);
