import { writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { brand } from "@/lib/brand";
import { env, parseEnvironment } from "@/lib/env";
import { getLegalText } from "@/lib/legal-texts/queries";
import { parseLegalText } from "@/lib/legal-texts/rules";

const originalEnv = { ...env() };
afterEach(() => void Object.assign(env(), { BRAND_TERMS_FILE: undefined, BRAND_PRIVACY_URL: undefined, ...originalEnv }));

describe("terms of use and privacy notice", () => {
  test("ACC-1: both have a shipped text that names the operator and whom to write to", () => {
    Object.assign(env(), { BRAND_OPERATOR: "Fjord Networks", BRAND_SUPPORT_EMAIL: "help@fjord.example" });
    for (const name of ["terms", "privacy"] as const) {
      const text = JSON.stringify(getLegalText(name));
      expect(text).toContain("Fjord Networks");
      expect(text).toContain("help@fjord.example");
      expect(getLegalText(name).length).toBeGreaterThan(4);
    }
  });

  test("ACC-1: a configured file replaces the text, a configured address the page", () => {
    const file = path.join(os.tmpdir(), `terms-${process.pid}.txt`);
    writeFileSync(file, "Short terms.\n\n# House rules\nBe kind.\r\n\r\nTwice.");
    Object.assign(env(), { BRAND_TERMS_FILE: file, BRAND_PRIVACY_URL: "https://fjord.example/privacy" });
    expect(getLegalText("terms")).toEqual([
      { heading: "", paragraphs: ["Short terms."] },
      { heading: "House rules", paragraphs: ["Be kind.", "Twice."] },
    ]);
    expect([brand().termsUrl, brand().privacyUrl]).toEqual(["/terms", "https://fjord.example/privacy"]);
  });

  test("a file that cannot be read is refused at the start, with the name of the setting", () => {
    const settings = { ...process.env, BRAND_TERMS_FILE: "/nowhere/terms.txt" };
    expect(() => parseEnvironment(settings)).toThrow(/BRAND_TERMS_FILE is not a file that can be read/);
  });

  test("a heading without text, and a text without headings, are read as they are", () => {
    expect(parseLegalText("# Only\n# Two\nText")).toEqual([{ heading: "Only", paragraphs: [] }, { heading: "Two", paragraphs: ["Text"] }]);
    expect(parseLegalText(" \n ")).toEqual([]);
  });
});
