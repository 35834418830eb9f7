import { domainToASCII } from "node:url";
import { expect, test } from "vitest";
import { shownEmail } from "@/lib/web/shown-email";

const at = (domain: string) => `anna@${domainToASCII(domain)}`;

test.each(["bücher.example", "пример.рф", "例え.テスト", "日本語カタカナ.jp", "παράδειγμα.gr", "مثال.example", "example.test"])("LNK-8: %s is shown as it is written", (domain) => {
  expect(shownEmail(at(domain))).toBe(`anna@${domain}`);
});

test.each(["раypal.example", "gοοgle.example", "аррӏе.example", "exаmple.bücher.example"])("LNK-8: %s looks like another domain and is shown with its ASCII form", (domain) => {
  expect(shownEmail(at(domain))).toBe(`anna@${domain} (${domainToASCII(domain)})`);
});

test("LNK-8: a domain that is not encoded is shown unchanged", () => {
  for (const email of ["anna@xn--a.example", "anna@example.test", "anna", ""]) expect(shownEmail(email)).toBe(email);
});
