import { describe, expect, test } from "vitest";
import { singleLine, optionalSingleLine, multiLine, personName, phoneNumber } from "./text-schemas";

describe("single line", () => {
  const name = singleLine(20);

  test("INP-1: keeps names in any script, markup and quotes", () => {
    for (const text of ["Zürich Nord", "<b>alert(1)</b>", "'; drop table x; --", "東京駅", "👩‍🚒 Wache", "ä"]) {
      expect(name.parse(`  ${text} `)).toBe(text);
    }
    expect(name.parse("Zu\u0308rich")).toBe("Zürich");
  });

  test("INP-4: rejects control characters, NUL, lone surrogates, bidirectional marks, lists and numbers", () => {
    const controls = ["a\0b", "a\nb", "a\rb", "a\u001bb", "a\u0085b", "a\u202eb", "a\u2028b"];
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
