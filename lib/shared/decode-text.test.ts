import { expect, test } from "vitest";
import { decodeText, textOfFile } from "./decode-text";

const text = "Email\nnoëlle@x.example";

test("ADM-8: the text of a file is read in the encodings that spreadsheets write", () => {
  const utf16 = (littleEndian: boolean) => {
    const view = new DataView(new ArrayBuffer(2 * (text.length + 1)));
    for (const [at, unit] of [0xfeff, ...Array.from(text, (character) => character.charCodeAt(0))].entries()) view.setUint16(at * 2, unit, littleEndian);
    return new Uint8Array(view.buffer);
  };
  expect(decodeText(new TextEncoder().encode(text))).toBe(text);
  expect(decodeText(Uint8Array.from(text, (character) => character.charCodeAt(0)))).toBe(text);
  expect(decodeText(utf16(true))).toBe(text);
  expect(decodeText(utf16(false))).toBe(text);
});

test("ADM-8: no more of a file is read than the field holds, and one character more, by which it is refused", async () => {
  expect(await textOfFile(new Blob(["x".repeat(1_000)]), 10)).toBe("x".repeat(11));
  expect(await textOfFile(new Blob(["short"]), 10)).toBe("short");
});
