import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldName } from "@/lib/shared/fold-text";
import { countResults, fileInput, listName, mostSites, newGroupsOf, previewOf, readSiteList, readUpload, undoneResults } from "@/lib/site-imports/rules";
import { siteFields } from "@/lib/sites/schema";

const at = new Date("2026-11-30T12:00:00Z");
const read = (text: string) => readSiteList(text, at).rows;
const faultsOf = (text: string) => read(text).map(({ fault }) => fault ?? "");
const head = "name,country,time zone,address,latitude,longitude,notes,site groups\n";

describe("SIT-20: what a list of sites says", () => {
  test("every column is read, in any order and by its English or published name", () => {
    const csv = "Notes;lng;lat;country_code;NAME;timezone;Street address;sitegroups;Colour\nBy the lake;13,404954;52.520008;de;Mitte;Europe/Berlin;Torstr. 1;Nord, Ost;red\n";
    const { rows, ignoredColumns } = readSiteList(csv, at);
    expect(rows).toEqual([
      { line: 2, name: "Mitte", country: "DE", timeZone: "Europe/Berlin", streetAddress: "Torstr. 1", latitude: 52.520008, longitude: 13.404954, notes: "By the lake", groups: ["Nord", "Ost"] },
    ]);
    expect(ignoredColumns).toEqual(["Colour"]);
  });

  test.each([",", ";", "\t"])("cells are separated by %j, and rows have the line they begin in", (delimiter) => {
    const lines = [["Name", "Country", "Site groups"], ['"A\n1"', "DE", ""], [], ["B", "Austria", '"x;y"'], ["", "", ""], ["C", "CH", ""]];
    const rows = read(lines.map((cells) => cells.join(delimiter)).join("\r\n"));
    expect(rows.map(({ line, name, groups }) => [line, name, groups])).toEqual([[2, "A 1", []], [5, "B", ["x", "y"]], [7, "C", []]]);
    expect(rows[0]?.fault).toBe("Name: Use one line of plain text");
  });

  test("a country is found by its code or name, and proposes the time zone where it has one", () => {
    const rows = read("name,country\na,Germany\nb,cote d'ivoire\nc,Türkiye\nd,UK\ne,the Netherlands\nf,Bosnia and Herzegovina\ng,Kosovo\nh,XK\ni,United States");
    expect(rows.map(({ country, timeZone }) => `${country} ${timeZone}`)).toEqual([
      "DE Europe/Berlin", "CI Africa/Abidjan", "TR Europe/Istanbul", "GB Europe/London", "NL Europe/Amsterdam", "BA Europe/Sarajevo", "XK Europe/Belgrade", "XK Europe/Belgrade", "US ",
    ]);
    expect(rows.at(-1)?.fault).toBe("Time zone: United States has several, so fill in this field");
  });

  test("UPL-5: the apostrophe that the download puts before a formula is undone", () => {
    expect(read(`${head}'=1+1,DE,,'@home,'-33.9,'+18.4,'-x,\n`)[0]).toMatchObject({ name: "=1+1", streetAddress: "@home", latitude: -33.9, longitude: 18.4, notes: "-x" });
  });

  test("any list of well-formed sites is read as it was written", () => {
    const letters = fc.string({ unit: fc.constantFrom(..."aZ09é語🙂 -_'\"#;,&|\t\n".replace("\t", "").replace("\n", "")), minLength: 1, maxLength: 20 }).map((text) => `x${text.trim()}x`);
    const site = fc.record({ name: letters, country: fc.constantFrom("DE", "FR", "JP"), streetAddress: letters, latitude: fc.integer({ min: -90, max: 90 }), longitude: fc.integer({ min: -180, max: 180 }) });
    const quoted = (value: string | number) => `"${String(value).replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.uniqueArray(site, { minLength: 1, maxLength: 10, selector: ({ name }) => foldName(name) }), fc.constantFrom(",", ";", "\t"), (sites, delimiter) => {
        const lines = sites.map(({ name, country, streetAddress, latitude, longitude }) => [name, country, streetAddress, latitude, longitude].map(quoted).join(delimiter));
        const rows = read(`\uFEFF${["name", "country", "address", "lat", "lng"].join(delimiter)}\n${lines.join("\n")}`);
        const text = (value: string) => siteFields.streetAddress.parse(value);
        expect(rows.map(({ name, country, streetAddress, latitude, longitude, fault }) => ({ name, country, streetAddress, latitude, longitude, fault }))).toEqual(
          sites.map((one) => ({ ...one, name: text(one.name), streetAddress: text(one.streetAddress), fault: undefined })),
        );
      }),
    );
  });
});

const bytes = (...parts: (string | number[])[]) => Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));
const utf16 = (text: string) => bytes([0xff, 0xfe], [...Buffer.from(text, "utf16le")]);
const many = (count: number) => Array.from({ length: count }, (_, index) => `Site ${index},DE`).join("\n");

/** Hostile or broken files: the bytes, and the refusal of the file, or the faults of its rows. */
const hostile: Record<string, [file: string | Buffer, answer: RegExp | (string | RegExp)[]]> = {
  "an empty file": ["", /Choose a file or paste a list/],
  "only spaces and line ends": [" \r\n\r\n \n", /Choose a file or paste a list/],
  "only a byte order mark": ["\uFEFF", /Choose a file or paste a list/],
  "only a header": ["name,country\n", /no sites, only the line/],
  "only a header and empty rows": ["name,country\n,,\n;\n", [/Country: Fill in this field/]],
  "no header": ["Kiel,DE\nBonn,DE\n", /no column Name/],
  "a header without country": ["name,address\nKiel,x\n", /no column Country/],
  "the same column twice": ["name,country,Site name\nKiel,DE,x\n", /Two columns .* the same: Name/],
  "an unclosed quotation mark": ['name,country\nKiel,DE\n"Bonn,DE\nUlm,DE\n', /^Line 3 can’t be read: check its quotation marks/],
  "text after a quotation mark": ['name,country\n"Kiel"x,DE\n', /^Line 2 can’t be read/],
  "a quotation mark in a cell": ['name,country\nKi"el,DE\n', [""]],
  "an unclosed quotation mark before much text": [`name,country\n"Kiel,DE\n${many(2_000).replaceAll("DE", "DE".padEnd(60))}`, /^Line 2 is too long, or its quotation marks aren’t closed/],
  "NUL in a name": ["name,country\nKi\0el,DE\n", /^Line 2 has characters that no CSV file has/],
  "a bell and an escape character": ["name,country\nKiel,DE\nBonn\u0007\u001b[31m,DE\n", /^Line 3 has characters/],
  "a megabyte in one cell": [`name,country\n${"x".repeat(999_000)},DE\n`, /^Line 2 is longer than 20,000 characters/],
  "a megabyte in one quoted cell of many lines": [`name,country\n"${"xxxxxxxxxxxxxxxxxxxxxxxx\n".repeat(9_000)}",DE\n`, /^Line 2 is too long/],
  "more than a megabyte": ["name,country\n".padEnd(1_000_001, "x"), /larger than 1 MB/],
  "100,000 columns": [`name,country${",x".repeat(100_000)}\nKiel,DE\n`, /^Line 1 is longer/],
  "101 columns": [`name,country${",x".repeat(99)}\nKiel,DE\n`, /more than 100 columns/],
  "a row of more cells than the header": ["name,country\nKiel,DE,x\nBonn,DE,,,\n", ["It has more cells than the first line", ""]],
  "a row of fewer cells": ["name,country,notes\nKiel\nBonn,DE\n", ["Country: Fill in this field", ""]],
  "2,001 sites": [`name,country\n${many(mostSites + 1)}`, /more than 2,000 sites/],
  "a million empty lines": [`name,country${"\n".repeat(900_000)}`, /more than 10,000 lines/],
  "empty cells in 9,000 lines": [`name,country\n${'""\n'.repeat(9_000)}`, /no sites, only the line/],
  "names that differ in case": ["name,country\nKiel,DE\nKIEL,DE\n", ["", "Name: Line 2 has a site of this name"]],
  "names that differ in normal form": ["name,country\nK\u00f6ln,DE\nKo\u0308ln,DE\n", ["", /Line 2 has a site/]],
  "names that differ in width and spaces": ["name,country\nKiel 1,DE\nＫｉｅｌ  １,DE\n", ["", /Line 2 has a site/]],
  "names that differ in zero-width characters": ["name,country\nKiel,DE\nKi\u200bel,DE\nKie\u2060l,DE\n", ["", /Line 2/, /Line 2/]],
  "a name of zero-width characters": ["name,country\n\u200b\u200d\u2060,DE\n", ["Name: Give the site a name"]],
  "right-to-left overrides": ["name,country\nKi\u202eel,DE\n", [""]],
  "a byte order mark in the middle": ["name,country\n\uFEFFKiel,\uFEFFDE\nBo\uFEFFnn,DE\n", ["", ""]],
  "mixed line ends": ["name,country\rKiel,DE\r\nBonn,Atlantis\nUlm,DE\r", ["", /“Atlantis” is no country/, ""]],
  "formulas": ['name,country\n"=cmd|\'/C calc\'!A0",DE\n@SUM(A1),DE\n', ["", ""]],
  "a ZIP file or workbook": [bytes("PK", [3, 4, 20, 0, 6, 0], "[Content_Types].xml"), /^Line 1 has characters that no CSV file has/],
  "a PNG image": [bytes([0x89], "PNG\r\n", [0x1a, 10, 0, 0, 0, 13], "IHDR"), /has characters that no CSV file has/],
  "a PDF document": ["%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n", /no column Name/],
  "HTML": ["<!doctype html><html><body><table><tr><td>name</td></tr></table>", /no column Name/],
  "JSON": ['[{"name":"Kiel","country":"DE"}]', /^Line 1 can’t be read/],
  "invalid UTF-8, which counts as Windows-1252": [bytes("name,country\nK", [0xf6], "ln,DE\n"), [""]],
  "bytes of no encoding": [bytes("name,country\nK", [0xff, 0x81, 0x8d], "ln,DE\n"), /^Line 2 has characters/],
  "half of a surrogate pair in UTF-16": [utf16("name,country\nKi\ud800el,DE\n"), [""]],
  "UTF-16 of a spreadsheet": [utf16("name\tcountry\r\nKøge\tDenmark\r\n"), [""]],
  "latitude and longitude out of bounds": [`${head}a,DE,,,90.1,1,,\nb,DE,,,1,-180.5,,\nc,DE,,,1e1,1,,\nd,DE,,,,5,,\n`, [/^Latitude: Use a number from -90 to 90/, /^Longitude/, /^Latitude/, "Longitude: Fill in both latitude and longitude, or neither"]],
  "an unknown country and an unknown time zone": [`${head}a,Atlantis,,,,,,\nb,DE,Mars/Base,,,,,\nc,DE,+01:00; drop table,,,,,\n`, ["Country: “Atlantis” is no country", "Time zone: “Mars/Base” is no time zone. Use a name such as Europe/Berlin", /no time zone/]],
  "too long a name, address, note and group": [`name,country,address,notes,groups\n${"x".repeat(65)},DE,${"x".repeat(201)},${"x".repeat(2_001)},${"x".repeat(65)}\n`, [/Name: Use at most 64 characters\. Address: Use at most 200 characters\. Notes: Use at most 2000 characters\. Site groups: Use at most 64/]],
  "31 site groups": [`name,country,groups\nKiel,DE,${Array.from({ length: 31 }, (_, index) => `g${index}`).join(";")}\n`, ["Site groups: A site can be in at most 30 groups"]],
  "501 different site groups": [`name,country,groups\n${Array.from({ length: 501 }, (_, index) => `Site ${index},DE,g${index}`).join("\n")}`, /more than 500 site groups/],
  "a long run of combining marks": [`name,country\nK${"\u0301".repeat(60)},DE\n`, ["Name: Use one line of plain text"]],
  "a name of 19,000 characters": [`name,country\n${"\u0301ﷺ".repeat(9_000)},${"ß".repeat(900)}\n`, [/^Name: Use at most 64 characters\. Country: “ß+” is no country$/]],
};

describe("UPL-4: hostile files are refused, or their faulty rows named", () => {
  test("UPL-4: there are at least forty", () => {
    expect(Object.keys(hostile).length).toBeGreaterThanOrEqual(40);
  });

  test.each(Object.entries(hostile))("UPL-4: %s", async (_, [content, answer]) => {
    const upload = async () => readUpload({ csv: "", ...(await fileInput(new File([new Uint8Array(Buffer.from(content))], "sites.csv"))) }, at);
    if (answer instanceof RegExp) {
      await expect(upload()).rejects.toMatchObject({ code: "invalid", fields: { file: [expect.stringMatching(answer)] } });
      return;
    }
    const { rows } = await upload();
    expect(rows.map(({ fault }) => fault ?? "")).toEqual(answer.map((fault) => (typeof fault === "string" ? fault : expect.stringMatching(fault))));
    for (const row of rows) {
      expect(JSON.stringify(row).isWellFormed()).toBe(true);
      expect(JSON.stringify(row)).not.toMatch(/\\u0000|\\ud[89ab]/);
      if (!row.fault) expect(siteFields.name.parse(row.name)).toBe(row.name);
    }
  });

  test("UPL-4: any bytes are refused in words or give rows that can be stored", () => {
    const piece = fc.constantFrom("name,country\n", '"', ",", ";", "\t", "\n", "\r", "Kiel", "DE", "'=", "\0", "\u202e", "\ud800", "\uFEFF", "é", "🙂");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        try {
          for (const row of read(`name,country\n${pieces.join("")}`)) expect(JSON.stringify(row)).not.toMatch(/\\u0000|\\ud[89ab]/);
        } catch (error) {
          expect(error).toMatchObject({ code: "invalid", message: expect.stringMatching(/^[A-Z].{10,}/) });
        }
      }),
      { numRuns: 500 },
    );
  });

  test("UPL-4: the name of a file is shown as text", async () => {
    expect((await fileInput(new File(["x"], `\u202e${"x".repeat(300)}\0.csv`))).fileName).toBe("x".repeat(100));
  });
});

describe("SIT-20: what an import would do, and did", () => {
  const rows = read(`name,country,groups\nKiel,DE,Nord\nBonn,DE,Süd;Nord\nUlm,Atlantis,\nTrier,DE,\n`);
  const existing = { sites: new Set([foldName("TRIER")]), groups: new Set([foldName("nord")]) };

  test("existing names are ignored, and rows with an unknown group are faulty unless groups are created", () => {
    const [strict, creating] = [previewOf(rows, false, existing), previewOf(rows, true, existing)];
    expect(strict.map(({ status, text }) => `${status} ${text ?? ""}`)).toEqual(["added ", "faulty Site groups: No site group is called “Süd”", "faulty Country: “Atlantis” is no country", "ignored A site of this name exists"]);
    expect(countResults(creating)).toEqual({ added: 2, ignored: 1, faulty: 1, removed: 0, kept: 0 });
    expect([newGroupsOf(rows, strict, existing.groups), newGroupsOf(rows, creating, existing.groups)]).toEqual([[], ["Süd"]]);
  });

  test("a pasted list is called by its first site", () => {
    expect([listName(rows), listName(rows.slice(0, 1))]).toEqual(["Kiel and 3 more", "Kiel"]);
  });

  test("undoing names what is kept", () => {
    const results = [{ status: "added", siteId: "a" }, { status: "added", siteId: "b" }, { status: "ignored" }] as const;
    expect(undoneResults(results, new Set(["a"])).map(({ status }) => status)).toEqual(["removed", "kept", "ignored"]);
  });

  test("faults are those of the row alone", () => {
    expect(faultsOf("name,country\nKiel,Atlantis\nKiel,DE\nKiel,DE\n")).toEqual(["Country: “Atlantis” is no country", "", "Name: Line 3 has a site of this name"]);
  });
});
