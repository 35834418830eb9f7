import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatYaml, parseYaml } from "@/lib/kernel/yaml";
import { parseDocumentText } from "@/lib/organization-documents/rules";
import { AppError } from "@/lib/shared/app-error";

const start = "format_version: 1\n";
const site = "- name: Kiel\n  country_code: DE\n  timezone: Europe/Berlin\n";
const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${[..."bcdefgh"].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[at]}`).join(", ")}]`).join("\n")}\n`;

/** What the error says about a document that is refused. */
function refusalOf(text: string): string {
  try {
    parseDocumentText(text);
  } catch (error) {
    if (error instanceof AppError) return error.fields?.document?.[0] ?? error.message;
    throw error;
  }
  return "accepted";
}

describe("ORG-31, INP-4: a document that cannot be imported is refused with its line", () => {
  const hostile: [what: string, text: string, line: number, says: string][] = [
    ["aliases that multiply", start + bomb, 2, "anchors"],
    ["an alias", `${start}sites: *sites\n`, 2, "aliases"],
    ["an anchor", `${start}sites: &sites []\n`, 2, "anchors"],
    ["a merge key", `${start}settings:\n  <<: {name: x}\n`, 3, "“<<” is not known here"],
    ["a tag that runs code", `${start}settings: !!js/function "function () {}"\n`, 2, "tags"],
    ["a local tag", `${start}settings:\n  name: !secret x\n`, 3, "tags"],
    ["a binary tag", `${start}settings:\n  name: !!binary aGVsbG8=\n`, 3, "tags"],
    ["a directive", `%YAML 1.1\n---\n${start}`, 1, "directives"],
    ["two documents", `${start}---\n${start}`, 2, "a second document"],
    ["a document after the end of one", `${start}...\n${start}`, 3, ""],
    ["an unknown part", `${start}devices: []\n`, 2, "“devices” is not known here"],
    ["an unknown setting", `${start}settings:\n  name: Fjord\n  logo: x\n`, 4, "“logo” is not known here"],
    ["a secret", `${start}settings:\n  cloudshark:\n    apitoken: x\n`, 4, "“apitoken” is not known here"],
    ["an id", `${start}sites:\n${site}  id: 0190b6c2-1f3a-7c44-9a51-4f1c2a5d7e80\n`, 6, "“id” is not known here"],
    ["a prototype", `${start}__proto__:\n  admin: true\n`, 2, "a name is expected"],
    ["a name that stands twice", `${start}settings:\n  name: A\n  name: B\n`, 4, "“name” stands here twice"],
    ["a list instead of names", "- format_version: 1\n", 1, "names with values"],
    ["only text", "hello\n", 1, "names with values"],
    ["nothing", "# only a comment\n", 1, "names with values"],
    ["no version", "sites: []\n", 1, "format_version: this is missing"],
    ["another version", "format_version: 2\n", 1, "format_version 1"],
    ["text for a number", `${start}settings:\n  session_expiry: soon\n`, 3, "settings.session_expiry: a number is expected"],
    ["a number beyond its limit", `${start}settings:\n  session_expiry: 1e9\n`, 3, "Enter a number from 10 to 20160"],
    ["a number that is none", `${start}settings:\n  session_expiry: .nan\n`, 3, "settings.session_expiry"],
    ["a number for text", `${start}sites:\n- name: 42\n`, 3, "sites[0].name: text is expected here"],
    ["a name of two lines", `${start}sites:\n- name: "a\\nb"\n  country_code: DE\n  timezone: Europe/Berlin\n`, 3, "Use one line of plain text"],
    ["text for a list", `${start}sites: many\n`, 2, "sites: a list is expected"],
    ["an unknown country", `${start}sites:\n${site.replace("DE", "XX")}`, 4, "sites[0].country_code: Choose the country"],
    ["two sites of one name", `${start}sites:\n${site}${site.replace("Kiel", "kiel")}`, 6, "sites[0] has the same name"],
    ["an unknown role", `${start}admins:\n- email: a@example.test\n  role: root\n  scope: org\n`, 4, "The role is one of super_user"],
    ["a role that always has all sites", `${start}admins:\n- email: a@example.test\n  role: super_user\n  scope: site\n`, 5, "always has all sites"],
    ["sites beside the scope org", `${start}admins:\n- email: a@example.test\n  role: observer\n  scope: org\n  sites: [Kiel]\n`, 5, "only the scope site"],
    ["one person twice", `${start}admins:\n- &a {email: a@example.test}\n`, 3, "anchors"],
    ["brackets without end", `${start}sites: ${"[".repeat(200_000)}`, 2, "nested too deeply"],
    ["lists in lists without end", `${start}sites:\n${"- ".repeat(100_000)}`, 3, "nested too deeply"],
    ["steps without end", `${start}${Array.from({ length: 400 }, (_, at) => `${" ".repeat(at)}a:\n`).join("")}`, 63, "nested too deeply"],
    ["names of names without end", `${start}${"? ".repeat(100_000)}`, 2, "nested too deeply"],
    ["a key that is a list", `${start}[a, b]: c\n`, 2, ""],
    ["a tab as indentation", `${start}settings:\n\tname: x\n`, 3, ""],
    ["a quote that is never closed", `${start}settings:\n  name: "x\n`, 4, "quote"],
    ["lines without end", start + "#\n".repeat(40_000), 30_001, "at most 30,000 lines"],
    ["control characters", `${start}settings:\n  name: "a\\0b"\n`, 3, "Use one line of plain text"],
  ];

  test.each(hostile)("%s", (_, text, line, says) => {
    const refusal = refusalOf(text);
    expect(refusal).toMatch(new RegExp(`^Line ${line}[:,]`));
    expect(refusal).toContain(says);
    expect(refusal.length).toBeLessThan(600);
  });

  test("INP-5: 256 kB of whatever answers within seconds", () => {
    const size = 256_000;
    const pieces = ["{", "a: ", '"', "#\n", "\r", "|\n", "]\n", '"\\x', "...\n", "%a\n", "- a\n", ":\n", "\0", "[a: b, "];
    for (const piece of pieces) {
      const began = performance.now();
      expect(refusalOf(`${start}${piece.repeat(size / piece.length)}`)).toMatch(/^Line \d+|accepted/);
      expect(performance.now() - began, JSON.stringify(piece)).toBeLessThan(5_000);
    }
    const keys = Array.from({ length: 20_000 }, (_, at) => `k${at}: 1\n`).join("");
    expect(refusalOf(start + keys)).toContain("And 19995 more.");
  });
});

const text = fc.string({ unit: fc.oneof(fc.constantFrom(..."-:#[]{}&*!|>'\"%@`,? \n\t\\~=<NnOoYy01eE.+_é語🙂"), fc.string({ minLength: 1, maxLength: 1 })), maxLength: 40 });
const scalar = fc.oneof(text, fc.integer(), fc.boolean(), fc.constantFrom("null", "NO", "yes", "1e3", "0x1f", "2026-11-30", "012", ".inf", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"));

test("ORG-31: what is written as YAML is read as the same values, whatever its texts", () => {
  const values = fc.dictionary(fc.stringMatching(/^[a-z][a-z_]{0,9}$/), fc.oneof(scalar, fc.array(scalar, { maxLength: 4 }), fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), scalar, { maxKeys: 4 })), { maxKeys: 6 });
  fc.assert(
    fc.property(values, (value) => {
      const written = formatYaml(value, "test");
      expect(parseYaml(written).value).toEqual(value);
      expect(formatYaml(parseYaml(written).value, "test")).toBe(written);
    }),
    { numRuns: 500 },
  );
});
