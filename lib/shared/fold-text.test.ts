import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectAsOwner } from "@/lib/testing/fixtures";
import { foldName, foldSearch, matchesSearch, searchWords } from "./fold-text";

let owner: ReturnType<typeof connectAsOwner>;
beforeAll(() => {
  owner = connectAsOwner();
});
afterAll(() => owner.end());

const foldedByDatabase = async (texts: readonly string[]) => {
  const rows = await owner<{ name: string; search: string }[]>`
    select fold_name(t) as name, fold_search(t) as search from unnest(${[...texts]}::text[]) with ordinality u (t, n) order by n`;
  return rows.map(({ name, search }) => [name, search]);
};

const folded = (text: string) => [foldName(text), foldSearch(text)];

const isCharacter = (code: number) => code > 0 && (code < 0xd8_00 || code > 0xdf_ff);
const characters = Array.from({ length: 0x1_ff_ff }, (_, code) => code)
  .filter(isCharacter)
  .map((code) => String.fromCodePoint(code))
  .filter((character) => foldSearch(character) !== character || character < "\u3400");

/** Letters younger than the ICU and the Unicode tables of the test database. */
async function unknownLetters() {
  const letters = characters.filter((character) => character.normalize("NFKC").toLowerCase() !== character);
  const rows = await owner<{ letter: string }[]>`select t as letter from unnest(${letters}::text[]) t where lower(normalize(t, NFKC) collate "natural_order") = t`;
  return new Set(rows.map(({ letter }) => letter));
}

const anyText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({ unit: fc.constantFrom("a", "Ä", "ß", "ẞ", "Σ", "ς", "İ", "ı", "\u0301", "\u200d", "\u00a0", "ﬁ", "Ａ", "が", "\u3099", "각", "\u1100", "é", " ", "\t"), maxLength: 30 }),
);

describe("X-8: fold_name and fold_search of the database equal foldName and foldSearch", () => {
  test("X-8: for every character that one of them changes", async () => {
    const unknown = await unknownLetters();
    expect(unknown.size).toBeLessThan(300);
    const known = characters.filter((character) => !unknown.has(character));
    expect(known.length).toBeGreaterThan(15_000);
    const byDatabase = await foldedByDatabase(known);
    const differences = known.flatMap((character, at) => (JSON.stringify(byDatabase[at]) === JSON.stringify(folded(character)) ? [] : [[character, byDatabase[at], folded(character)]]));
    expect(differences).toEqual([]);
  });

  test("X-8: for any text of letters that the database knows", async () => {
    const unknown = await unknownLetters();
    const text = anyText.map((value) => Array.from(value.toWellFormed().replaceAll("\0", "")).filter((character) => !unknown.has(character)).join(""));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 50, maxLength: 50 }), async (texts) => {
        expect(await foldedByDatabase(texts)).toEqual(texts.map(folded));
      }),
      { numRuns: 40 },
    );
  });
});

describe("SIT-1: names that look alike have one key", () => {
  test.each([
    ["Zürich", "Zu\u0308rich"], ["Berlin Mitte", "  BERLIN\u00a0 mitte "], ["Depot", "De\u00adpot"], ["Ｄepot １", "depot 1"], ["Straße", "STRASSE"], ["ΟΔΟΣ", "οδος"], ["ﬁre", "fire"], ["Hut\u200b", "hut"],
  ])("%j and %j", (one, other) => expect(foldName(one)).toBe(foldName(other)));

  test.each([["Zürich", "Zurich"], ["Depot 1", "Depot 2"], ["が", "か"], ["Gate-1", "Gate 1"]])("%j and %j differ", (one, other) => {
    expect(foldName(one)).not.toBe(foldName(other));
  });

  test("SIT-1: a key is its own key, whatever the text", () => {
    fc.assert(fc.property(anyText, (text) => foldName(foldName(text)) === foldName(text)));
  });
});

describe("X-8: one search", () => {
  const word = fc.string({ unit: fc.constantFrom(..."aeiouäöüéèñçßøłžđÅÉSTRаяЯёאבגدهنกข東京가각"), minLength: 1, maxLength: 8 });
  const forms = fc.constantFrom(
    (text: string) => text.toUpperCase(),
    (text: string) => text.toLowerCase(),
    (text: string) => text.normalize("NFD"),
    (text: string) => text.normalize("NFC"),
    (text: string) => text.replaceAll("ß", "ss"),
    (text: string) => text.normalize("NFD").replaceAll(/[\u0300-\u036f]/g, ""),
  );

  test("X-8: finds every word somewhere, in any order, case and normal form, with and without accents", () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), fc.array(forms, { minLength: 6, maxLength: 6 }), fc.infiniteStream(fc.nat()), (words, transforms, random) => {
        const shuffled = words.map((text) => ({ text, by: random.next().value ?? 0 })).toSorted((one, other) => one.by - other.by);
        const typed = shuffled.map(({ text }, at) => transforms[at]?.(text) ?? text).join("  ");
        return matchesSearch(typed, words.slice(0, 2).join(" "), words.slice(2).join(" "));
      }),
    );
  });

  test("X-8: does not find what is not there", () => {
    expect(matchesSearch("koln nord", "Köln Süd")).toBe(false);
    expect(matchesSearch("か", "が")).toBe(false);
    expect(searchWords("  a A ａ b ")).toEqual(["a", "b"]);
    expect(searchWords(" \u0301 ")).toEqual([]);
  });
});
