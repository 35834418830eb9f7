import { dictionary } from "@zxcvbn-ts/language-common";
import { describe, expect, test, vi } from "vitest";
import { passwordRequirements, passwordStrength } from "@/lib/shared/password-rules";
import { additionalCommonPasswords } from "./additional-common";
import { passwordProblems } from "./rules";

const names = [
  { name: "Maria", source: "your name" },
  { name: "Berg", source: "your name" },
  { name: "maria.berg@acme.test", source: "your email address" },
  { name: "Signalbox", source: "the name of this portal" },
  { name: "Acme Networks", source: "the name of your organization" },
];

describe("AUT-1: length", () => {
  test("AUT-1: at least 8 characters, also when the policy asks for fewer", () => {
    expect(passwordProblems("k7#mQ2v")).toEqual(["Use at least 8 characters"]);
    expect(passwordProblems("k7#mQ2v", { asks: [{ minimum: 4 }] })).toEqual(["Use at least 8 characters"]);
    expect(passwordProblems("k7#mQ2vX")).toEqual([]);
  });

  test("AUT-1: the organization's minimum length applies", () => {
    expect(passwordProblems("k7#mQ2vXp4z", { asks: [{ minimum: 12 }] })).toEqual(["Use at least 12 characters"]);
    expect(passwordProblems("k7#mQ2vXp4zL", { asks: [{ minimum: 12 }] })).toEqual([]);
  });

  test("AUT-1: 64 and 128 characters, spaces and emoji are accepted, 129 are not", () => {
    const long = "A signal box by the river keeps eleven levers and one kettle. ".repeat(3);
    for (const length of [32, 64, 128]) expect(passwordProblems(long.slice(0, length))).toEqual([]);
    expect(passwordProblems("🚂🛤️🚦🌧️☕🔔📜🧭🪜")).toEqual([]);
    expect(passwordProblems("🚂🛤🚦🌧☕🔔📜🧭".repeat(16))).toEqual([]);
    expect(passwordProblems(long.slice(0, 129))).toEqual(["Use at most 128 characters"]);
  });

  test("AUT-1: the length is counted after NFKC normalization", () => {
    expect(passwordProblems("ｋ７＃ｍＱ２ｖ")).toEqual(["Use at least 8 characters"]);
  });

  test("INP-4: control characters and lone surrogates are rejected", () => {
    for (const password of ["k7#mQ2vX\0", "k7#mQ2vX\ud800", "k7#m\nQ2vXp"]) {
      expect(passwordProblems(password)).toEqual(["Use characters that can be typed again"]);
    }
  });
});

test("ACC-21: messages name the organization, and every unmet rule has one", () => {
  const asks = [{ by: "Acme", minimum: 12, special: true }, { by: "Harbour", minimum: 10 }, { by: "Third", minimum: 6 }];
  const texts = ["Acme requires at least 12 characters", "Harbour requires at least 10 characters"];
  const specialCharacter = "Acme requires at least one special character, like # or %";
  expect(passwordRequirements(asks).map(({ text }) => text)).toEqual([...texts, specialCharacter]);
  expect(passwordProblems("k7mQ2vX", { asks })).toEqual([...texts, specialCharacter]);
  expect(passwordProblems("k7mQ2vXp4z#", { asks })).toEqual([texts[0]]);
  expect(passwordRequirements([]).map(({ text }) => text)).toEqual(["Use at least 8 characters"]);
});

test("a policy can require a special character", () => {
  expect(passwordProblems("kettle and Eleven", { asks: [{ special: true }] })).toHaveLength(1);
  expect(passwordProblems("kettle & Eleven", { asks: [{ special: true }] })).toEqual([]);
});

describe("AUT-2: common passwords", () => {
  const publishedList = (dictionary["passwords-common"] ?? []).map(String);
  const long = publishedList.filter((password) => password.length >= 8).slice(0, 3_000);
  const rejected = (passwords: readonly string[]) => passwords.filter((one) => passwordProblems(one).length > 0);

  test("AUT-2: the 3,000 most common passwords are rejected, in any letter case", () => {
    expect(long).toHaveLength(3_000);
    expect(rejected(long)).toHaveLength(3_000);
    expect(rejected(long.map((password) => password.toUpperCase()))).toHaveLength(3_000);
    expect(rejected(long.map((password) => `${password}1!`))).toHaveLength(3_000);
  });

  test("AUT-2: all other entries of both lists are rejected", () => {
    expect(rejected(publishedList)).toHaveLength(publishedList.length);
    expect(rejected(additionalCommonPasswords)).toHaveLength(additionalCommonPasswords.length);
    expect(additionalCommonPasswords.length).toBeGreaterThan(1_000);
  });

  test.each([
    ["P@ssw0rd2026!"], ["dragon1234"], ["dragondragon"], ["iloveyou!!!"], ["2026password"], ["ｐａｓｓｗｏｒｄ１"],
    ["abcdefghijk"], ["zyxwvuts"], ["qwertzuiop"], ["87654321"], ["19871124"], ["aaaaaaaabbbb"], ["!!!!!!!!!!"],
  ])("AUT-2: %s is refused with the reason", (password) => {
    expect(passwordProblems(password)).toEqual(["Too easy to guess: many people use this password"]);
  });
});

describe("AUT-2: names of the person, the organization and the portal", () => {
  test.each([
    ["Signalbox123", "“signalbox”, from the name of this portal"],
    ["s1gn4lb0x!!!", "“signalbox”, from the name of this portal"],
    ["AcmeNetworks7", "“acmenetworks”, from the name of your organization"],
    ["acme-networks", "“acmenetworks”, from the name of your organization"],
    ["Maria.Berg.1", "“maria”, from your name"],
    ["mariabergacme", "“maria”, from your name"],
  ])("AUT-2: %s is refused with the reason", (password, reason) => {
    expect(passwordProblems(password, { names })).toEqual([`Too easy to guess: it contains ${reason}`]);
  });

  test("AUT-2: a long passphrase may contain a name", () => {
    expect(passwordProblems("I love my signalbox in the summer", { names })).toEqual([]);
    expect(passwordProblems("banana split in Hamburg", { names: [{ name: "Anna", source: "your name" }, { name: "Ham", source: "your name" }] })).toEqual([]);
  });
});

test("INP-5: a password of one megabyte is cut before it is normalized", () => {
  const normalize = vi.spyOn(String.prototype, "normalize");
  for (const unit of ["1", "\u0301", "ﷺ"]) {
    const typed = unit.repeat(1_000_000);
    expect(passwordProblems(typed, { names })[0]).toBe("Use at most 128 characters");
    passwordStrength(typed);
  }
  expect(Math.max(...normalize.mock.contexts.map((text) => String(text).length))).toBeLessThan(2_000);
  normalize.mockRestore();
});

test("AUT-1: a password in decomposed form may have 128 characters", () => {
  expect(passwordProblems("ế한öß".repeat(32).normalize("NFD"))).toEqual([]);
});

test("the strength rises with the number of guesses needed", () => {
  expect(passwordStrength("")).toBe(0);
  expect(passwordStrength("k7#mQ2v")).toBe(0);
  expect(passwordStrength("aaaaaaaaaaaaaaaa")).toBe(0);
  expect(passwordStrength("abcdefghijklmnop")).toBe(0);
  expect(passwordStrength("kettlerail")).toBeLessThan(passwordStrength("kettle rail lamp"));
  expect(passwordStrength("eleven levers and one kettle")).toBe(4);
  expect(passwordStrength("Lighthouse2026")).toBe(1);
});
