import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { singleLine, optionalSingleLine, multiLine, personName, phoneNumber } from "./text-schemas";
import { hasSeparator, splitList, withAsciiDigits } from "./typed-text";

describe("single line", () => {
  const name = singleLine(20);

  test("INP-1: keeps names in any script, markup and quotes", () => {
    for (const text of ["Zürich Nord", "<b>alert(1)</b>", "'; drop table x; --", "東京駅", "👩‍🚒 Wache", "ä"]) {
      expect(name.parse(`  ${text} `)).toBe(text);
    }
    expect(name.parse("Zu\u0308rich")).toBe("Zürich");
  });

  test("INP-4: rejects control characters, NUL, lone surrogates, lists and numbers", () => {
    const controls = ["a\0b", "a\nb", "a\rb", "a\u001bb", "a\u0085b", "a\u2028b"];
    for (const odd of [...controls, "a\ud800", "\udc00a", ["a"], 7, null, {}]) {
      expect(name.safeParse(odd).success).toBe(false);
    }
  });

  test("X-4: invisible characters alone count as empty, and are kept beside visible ones", () => {
    for (const unseen of ["\u200b", "\u2060\u00ad", "\u3164", "\u200d\ufe0f", "\u2800", " \u200b "]) {
      expect(name.safeParse(unseen).error?.issues[0]?.message).toBe("Fill in this field");
      expect(optionalSingleLine(20).parse(unseen)).toBe("");
    }
    expect(name.parse("می\u200cخواهم")).toBe("می\u200cخواهم");
  });

  test("INP-5: text that is too long gives one message, also when it is something else as well", () => {
    for (const text of ["\u0301".repeat(1_000), "\0".repeat(1_000), " ".repeat(1_000)]) {
      expect(name.safeParse(text).error?.issues.map(({ message }) => message)).toEqual(["Use at most 20 characters"]);
    }
    expect(name.parse("ế".repeat(20).normalize("NFD"))).toBe("ế".repeat(20));
  });

  test("X-4: text that is too short or too long gives a message", () => {
    expect(name.safeParse(" ").error?.issues[0]?.message).toBe("Fill in this field");
    expect(name.safeParse("x".repeat(21)).error?.issues[0]?.message).toBe("Use at most 20 characters");
    expect(optionalSingleLine(20).parse("  ")).toBe("");
    expect(personName("Enter a first name").safeParse("").error?.issues[0]?.message).toBe("Enter a first name");
  });
});

test("multi-line text keeps line breaks and tabs and rejects other control characters", () => {
  expect(multiLine(100).parse(" one\r\ntwo\rthree\t4 ")).toBe("one\ntwo\nthree\t4");
  expect(multiLine(100).safeParse("a\0b").success).toBe(false);
});

test("ACC-20: a telephone number is optional and must look like one", () => {
  const accepted = (value: string) => phoneNumber.safeParse(value).success;
  expect(["", " +49 30 1234567 ", "(030) 123-456", "+1 555 0100 ext. 12", "112"].every(accepted)).toBe(true);
  expect(["call me", "+", "1", "123;drop", "=1+1", "1".repeat(33), "12\0 34"].some(accepted)).toBe(false);
});

test("INP-1: a telephone number carries what is meant in any script and loses what cannot be seen", () => {
  const kept = { "\u202a+49\u00a030\u2011123\u202c": "+49 30-123", "＋８１（３）１２３４": "+81(3)1234", "٠٥٠ ١٢٣ ٤٥٦٧": "050 123 4567", "tel:+1-555-0100": "+1-555-0100", "۰۲۱−۸۸": "021-88" };
  for (const [typed, number] of Object.entries(kept)) expect(phoneNumber.parse(typed)).toBe(number);
  fc.assert(
    fc.property(fc.stringMatching(/^\+?[1-9][0-9 ()-]{5,20}[0-9]$/), fc.constantFrom("\u0660", "\u06f0", "\u0966", "\u0e50", "\uff10", "\u{1d7ce}"), (number, zero) => {
      const typed = `\u2068${number.replaceAll(/\d/g, (digit) => String.fromCodePoint((zero.codePointAt(0) ?? 0) + Number(digit))).replaceAll(" ", "\u202f").replaceAll("-", "\u2010")}\u2069`;
      const plain = phoneNumber.safeParse(number);
      fc.pre(plain.success && !number.includes("  "));
      expect(phoneNumber.parse(typed)).toBe(plain.data);
    }),
  );
});

test("INP-1: every decimal digit has its value", () => {
  const digits = Array.from({ length: 0x1_ff_ff }, (_, code) => code).filter((code) => /^\p{Nd}$/u.test(String.fromCodePoint(code)));
  expect(digits.length % 10).toBe(0);
  expect(digits.map((code) => withAsciiDigits(String.fromCodePoint(code)))).toEqual(digits.map((_, at) => String(at % 10)));
});

test("INP-1: a pasted line loses direction marks, soft hyphens and non-breaking spaces", () => {
  for (const typed of ["\u2068Anna\u00a0Berg\u2069", "\ufeffAnna\u3000Berg\u200b", "An\u00adna Berg\u200e", "\u200dAnna Berg\u200c"]) expect(singleLine(64).parse(typed)).toBe("Anna Berg");
  expect(multiLine(64).parse("\u202aone\u202c\r\ntwo\u00a0three")).toBe("one\ntwo three");
  fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (typed) => {
    const parsed = optionalSingleLine(200).safeParse(typed);
    fc.pre(parsed.success);
    expect(parsed.data).not.toMatch(/[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/);
    expect(optionalSingleLine(200).parse(parsed.data)).toBe(parsed.data);
  }));
});

test("INP-1: a list may be separated in any script", () => {
  expect(splitList("Nord, Süd；東京、大阪،  الرياض ; \n ,Ost")).toEqual(["Nord", "Süd", "東京", "大阪", "الرياض", "Ost"]);
  expect([hasSeparator("a、b"), hasSeparator("a b")]).toEqual([true, false]);
});
