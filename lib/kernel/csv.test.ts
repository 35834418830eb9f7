import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unescapeFormula } from "@/lib/shared/parse-csv";
import { type CsvColumn, csvRow, csvParts, utf8Bom } from "./csv";

/** An independent RFC 4180 parser. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quoted && character === '"' && text.charAt(at + 1) === '"') cell += text.charAt((at += 1));
    else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === "," || text.startsWith("\r\n", at))) {
      rows.at(-1)?.push(cell);
      cell = "";
      if (character === "\r") at += rows.push([]) > 0 ? 1 : 0;
    } else cell += character;
  }
  return rows.slice(0, -1);
}

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom("'", "=", "+", "-", "@", "\t", "\r", "\n", "\0", '"', ",", "＝", " ", "a") }),
);

describe("CSV rows", () => {
  test("UPL-5: parsing returns the values that were written", () => {
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 1 }), { minLength: 1 }), (rows) => {
        const read = readCsv(rows.map(csvRow).join(""));
        expect(read.map((row) => row.map(unescapeFormula))).toEqual(rows);
      }),
    );
  });

  test("X-8: no cell starts like a formula", () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (cells) => {
        for (const cell of readCsv(csvRow(cells)).flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\n\0＝＋－＠]/);
      }),
    );
  });

  test("X-8: values of each type are formatted and quoted", () => {
    const when = new Date("2026-11-21T20:53:00Z");
    expect(csvRow(["=1+1", '@a "b"', "Zürich, Nord", null, undefined, true, -65, when, "'s-Hertogenbosch"])).toBe(
      "'=1+1,\"'@a \"\"b\"\"\",\"Zürich, Nord\",,,true,-65,2026-11-21T20:53:00.000Z,'s-Hertogenbosch\r\n",
    );
    expect(utf8Bom).toBe("\uFEFF");
  });
});

const cell = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));

describe("X-8: a list as CSV", () => {
  test("X-8: the file does not depend on the batches: a BOM, headings and one line per row", async () => {
    const table = fc.integer({ min: 1, max: 4 }).chain((width) =>
      fc.record({
        titles: fc.array(text, { minLength: width, maxLength: width }),
        batches: fc.array(fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 5 }), { maxLength: 5 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(table, async ({ titles, batches }) => {
        const columns = titles.map((title, index): CsvColumn<(typeof batches)[number][number]> => ({ title, value: (row) => row[index] }));
        async function* read() {
          yield* batches;
        }
        let file = "";
        for await (const part of csvParts(columns, read())) file += part;
        expect(file.startsWith(utf8Bom)).toBe(true);
        const rows = batches.flat().map((row) => row.map((value) => (value === null ? "" : String(value))));
        expect(readCsv(file.slice(1)).map((row) => row.map(unescapeFormula))).toEqual([titles, ...rows]);
      }),
    );
  });
});
