import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeText } from "@/lib/shared/decode-text";
import { AppError } from "@/lib/shared/app-error";
import { planImport } from "@/lib/variable-import/rules";
import { ImportVariables } from "@/lib/variable-import/schema";

const head = "Variable,Value\n";
const variablesOf = (text: string) => planImport(text, {}).variables;
const refusal = (text: string) => {
  try {
    return planImport(text, {});
  } catch (error) {
    return error instanceof AppError ? error.fields?.document?.[0] : error;
  }
};
const utf16 = (text: string, littleEndian: boolean) => {
  const view = new DataView(new ArrayBuffer(text.length * 2 + 2));
  [0xfeff, ...Array.from(text, (unit) => unit.charCodeAt(0))].forEach((unit, at) => view.setUint16(at * 2, unit, littleEndian));
  return new Uint8Array(view.buffer);
};
const encode = (text: string) => new TextEncoder().encode(text);

describe("SIT-13, UPL-4: files of variables as spreadsheets and people write them", () => {
  const expected = { vlan01: "10", ort: "Köln" };
  test.each<[string, Uint8Array]>([
    ["UTF-8", encode("Variable,Value\n{{vlan01}},10\nort,Köln\n")],
    ["UTF-8 with a byte order mark", encode("\uFEFFVariable,Value\n{{vlan01}},10\nort,Köln\n")],
    ["UTF-16 little-endian", utf16("Variable,Value\r\n{{vlan01}},10\r\nort,Köln\r\n", true)],
    ["UTF-16 big-endian", utf16("Variable,Value\n{{vlan01}},10\nort,Köln", false)],
    ["Windows-1252", Uint8Array.from("Variable,Value\n{{vlan01}},10\nort,K\u00f6ln\n", (unit) => unit.charCodeAt(0))],
    ["CR line ends", encode("Variable,Value\r{{vlan01}},10\rort,Köln\r")],
    ["semicolons", encode("Variable;Value\n{{vlan01}};10\nort;Köln\n")],
    ["tabs", encode("Variable\tValue\n{{vlan01}}\t10\nort\tKöln\n")],
    ["quotes everywhere", encode('"Variable","Value"\n"{{vlan01}}","10"\n"ort","Köln"\n')],
    ["other letters and order in the header", encode("VALUE , variable\n10,{{ vlan01 }}\nKöln, ort\n")],
    ["blank lines and empty cells at the end", encode("\n\nVariable,Value,,\n\n{{vlan01}},10,\n,,\nort,Köln,,\n")],
    ["no line end at the end", encode("Variable,Value\n{{vlan01}},10\nort,Köln")],
    ["decomposed letters", encode("Variable,Value\n{{vlan01}},10\nort,Ko\u0308ln")],
    ["zero-width spaces", encode("Variable,Value\n\u200b{{vlan01}},\u200b10\nort,Köln")],
  ])("%s", (_, bytes) => expect(planImport(decodeText(bytes), {}).variables).toEqual(expected));

  test.each([
    ["an empty file", "", "The first line must be Variable,Value"],
    ["a file without a header", "vlan01,10\n", "The first line must be Variable,Value"],
    ["one column", "Variable\nvlan01\n", "The first line must be Variable,Value"],
    ["a third column", "Variable,Value,Comment\na,1,x\n", "The first line must be Variable,Value"],
    ["a web page", "<html><body>Variable,Value</body></html>", "The first line must be Variable,Value"],
    ["a spreadsheet that is no text", "PK\u0003\u0004binary\u0000\u0001", "The first line must be Variable,Value"],
    ["a header alone", "Variable,Value\n", "There are no rows below the first line"],
    ["an open quotation mark", `${head}a,"1\nb,2\n`, "Line 2 can’t be read: check its quotation marks"],
    ["1,001 rows", head + "a,1\n".repeat(1_001), "Import at most 1,000 rows at once"],
    ["a long row", `${head}a,${"x".repeat(9_000)}\n`, "Line 2 is too long, or its quotation marks aren’t closed"],
    ["501 variables", head + Array.from({ length: 501 }, (_, at) => `v${at},1`).join("\n"), "A site can have at most 500 variables. It has room for 500 more, and this adds 501"],
  ])("%s is refused", (_, text, message) => expect(refusal(text)).toBe(message));

  const badName = "not imported. Variable: Use letters, digits and underscores, like vlan_guest";
  const badText = "not imported. Value: Use one line of plain text";
  test.each([
    ["a list without quotes", "vlan1,200,222", "not imported: more than two cells. Put a value with commas in quotation marks"],
    ["a hyphen in the name", "vlan-1,1", badName],
    ["a space in the name", "a b,1", badName],
    ["no name", ",1", badName],
    ["no value", "a,", "not imported. Value: Enter a value"],
    ["a reserved name", "__proto__,1", "not imported. Variable: This name is reserved"],
    ["a variable as the value", "a,{{b}}", "not imported. Value: A value can’t hold another variable"],
    ["a line break", 'a,"1\n2"', badText],
    ["a NUL", "a,1\u00002", badText],
    ["40 combining marks", `a,${"\u0301".repeat(40)}`, badText],
    ["a long value", `a,${"x".repeat(1_001)}`, "not imported. Value: Use at most 1000 characters"],
    ["a long name", `${"n".repeat(90)},1`, "not imported. Variable: Use at most 64 characters"],
  ])("a row with %s is named with its line, and the others are imported", (_, row, text) => {
    const { variables, results } = planImport(`${head}first,1\n${row}\nlast,2\n`, {});
    expect(variables).toEqual({ first: "1", last: "2" });
    expect(results[1]).toEqual({ id: "1", name: "Line 3", text, done: false });
  });

  test("a variable that exists is ignored and reported, and of two equal names the first counts", () => {
    const { variables, results } = planImport(`${head}\n{{ vlan01 }},10\nvlan02,20\nvlan02,30\nVLAN01,40\n`, { vlan01: "1" });
    expect(variables).toEqual({ vlan02: "20", VLAN01: "40" });
    expect(results.map(({ name, text, done }) => [name, text, done])).toEqual([
      ["Line 3, vlan01", "ignored, because {{vlan01}} exists", false],
      ["Line 4, vlan02", "added with the value 20", true],
      ["Line 5, vlan02", "not imported: {{vlan02}} is in line 4, too", false],
      ["Line 6, VLAN01", "added with the value 40", true],
    ]);
  });

  test("names of the language’s own objects are ordinary, and the apostrophe of an export goes away", () => {
    expect(variablesOf(`${head}constructor,1\ntoString,2\nformula,'=1+1\n`)).toEqual({ constructor: "1", toString: "2", formula: "=1+1" });
  });

  test("any text is answered, and what it adds is valid", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: "binary", maxLength: 30 }), fc.string({ unit: "binary", maxLength: 30 })), { maxLength: 8 }), (rows) => {
        const answer = refusal(head + rows.map((row) => row.join(",")).join("\n"));
        expect(typeof answer === "string" || (typeof answer === "object" && answer !== null && "results" in answer)).toBe(true);
      }),
    );
  });

  test("a larger file is refused by its bytes", () => {
    const siteId = crypto.randomUUID();
    expect(ImportVariables.safeParse({ siteId, document: "x".repeat(200_000) }).success).toBe(true);
    for (const document of ["", "x".repeat(200_001), "ä".repeat(150_000)]) expect(ImportVariables.safeParse({ siteId, document }).success).toBe(false);
  });
});
