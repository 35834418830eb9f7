import { globSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isLetter, pressedKey } from "./keyboard";

test("X-10: a key is known by its name, from React and from the browser", () => {
  expect(pressedKey({ key: "Enter", keyCode: 13 })).toBe("Enter");
  expect(pressedKey({ nativeEvent: { key: "ArrowDown" } })).toBe("ArrowDown");
});

test("X-10: an event without a key, or while text is composed, is no key press", () => {
  for (const event of [{}, { nativeEvent: {} }, { key: "Enter", isComposing: true }, { key: "Enter", keyCode: 229 }, { nativeEvent: { key: "k", code: "KeyK", isComposing: true } }]) {
    expect(pressedKey(event)).toBeUndefined();
    expect(isLetter(event, "k")).toBe(false);
  }
});

test("X-10: a letter is known on Latin layouts by what it writes, on others by its place", () => {
  expect(isLetter({ key: "K", code: "KeyK" }, "k")).toBe(true);
  // Dvorak writes k where QWERTY has V.
  expect(isLetter({ key: "k", code: "KeyV" }, "k")).toBe(true);
  expect(isLetter({ key: "t", code: "KeyK" }, "k")).toBe(false);
  for (const key of ["л", "κ", "ن", "ל", "ㅏ", "ก", "Dead"]) expect(isLetter({ key, code: "KeyK" }, "k")).toBe(true);
  expect(isLetter({ key: "л", code: "KeyL" }, "k")).toBe(false);
});

test("X-10: no event breaks a handler", () => {
  const event = fc.record({ key: fc.string({ unit: "grapheme", maxLength: 8 }), code: fc.string({ maxLength: 8 }), isComposing: fc.boolean(), keyCode: fc.nat(255) }, { requiredKeys: [] });
  fc.assert(fc.property(event, (pressed) => typeof isLetter(pressed, "k") === "boolean" && isLetter({ nativeEvent: pressed }, "k") === isLetter(pressed, "k")));
});

test("X-10: every keyboard handler reads its event by these functions", () => {
  const handlers = globSync("{app,components}/**/*.{ts,tsx}").filter((file) => !file.includes(".test.") && /onKey(Down|Up|Press)|["']key(down|up|press)["']/.test(readFileSync(file, "utf8")));
  expect(handlers.length).toBeGreaterThan(1);
  for (const file of handlers) {
    const source = readFileSync(file, "utf8");
    expect(source, file).toContain("@/components/ui/keyboard");
    expect(source, file).not.toMatch(/\b(event|nativeEvent)\??\.(key|code|keyCode)\b/);
  }
});
