import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvRow } from "@/lib/kernel/csv";
import { AppError } from "@/lib/shared/app-error";
import { EmailAddress } from "@/lib/shared/email-address";
import { parseInvitees, readInvitees } from "@/lib/shared/invitee-list";
import { mostInvitees } from "@/lib/shared/invitee-limits";

const shown = (text: string) => parseInvitees(text).map(({ email, firstName, lastName, fault }) => [email, [firstName, lastName].filter(Boolean).join(" "), ...(fault ? [fault] : [])]);

describe("ADM-8: people in a pasted list", () => {
  test.each([
    ["lines", "a@x.example\nb@x.example\r\n\r\nc@x.example"],
    ["commas and semicolons", "a@x.example, b@x.example;c@x.example,"],
    ["spaces and tabs", "a@x.example b@x.example\tc@x.example"],
    ["separators of other scripts", "a@x.example، b@x.example；c@x.example"],
    ["ideographic commas", "a@x.example、b@x.example、c@x.example"],
    ["angle brackets and mailto", "<a@x.example>; mailto:b@x.example ＜c＠x.example＞"],
    ["a header line of a mail", "To: a@x.example, b@x.example, c@x.example"],
  ])("separated by %s", (_, text) => {
    expect(shown(text)).toEqual(["a@x.example", "b@x.example", "c@x.example"].map((email) => [email, ""]));
  });

  test("with names in the usual forms", () => {
    expect(shown("Nora Falk <nora@x.example>")).toEqual([["nora@x.example", "Nora Falk"]]);
    expect(shown('"Falk, Nora" <nora@x.example>, Eva <eva@x.example>')).toEqual([["nora@x.example", "Nora Falk"], ["eva@x.example", "Eva"]]);
    expect(shown("Falk, Nora <nora@x.example>; Roth, Eva <eva@x.example>")).toEqual([["nora@x.example", "Nora Falk"], ["eva@x.example", "Eva Roth"]]);
    expect(shown("Falk, Nora <nora@x.example>, Roth, Eva <eva@x.example>")).toEqual([["nora@x.example", "Nora Falk"], ["eva@x.example", "Eva Roth"]]);
    expect(shown("nora@x.example (Nora Falk)\nRoth\tEva\teva@x.example")).toEqual([["nora@x.example", "Nora Falk"], ["eva@x.example", "Roth Eva"]]);
    expect(parseInvitees("Nora Maria Falk <nora@x.example>")[0]).toMatchObject({ firstName: "Nora Maria", lastName: "Falk" });
  });

  test("each faulty entry is kept with its reason, and an address counts once", () => {
    expect(shown("nora.example.com, Eva Roth <eva@x.example>, eva@X.example, two@@x.example")).toEqual([
      ["nora.example.com", "", "not an email address"],
      ["eva@x.example", "Eva Roth"],
      ["eva@x.example", "", "listed more than once"],
      ["two@@x.example", "", "not an email address"],
    ]);
    expect(shown(`${"n".repeat(65)} <nora@x.example>`)).toEqual([["nora@x.example", "n".repeat(65), "the first name isn’t valid"]]);
    expect(shown('"nora@x.example" <nora@x.example>, b@x.example <c@x.example>')).toEqual(["nora", "b", "c"].map((name) => [`${name}@x.example`, ""]));
    expect(shown('"Nora <nora@x.example>')).toEqual([["nora@x.example", '"Nora']]);
    expect(shown('𝒩ora" <nora@x.example>, eva@x.example').map(([email]) => email)).toEqual(["nora@x.example", "eva@x.example"]);
  });
});

describe("ADM-8: people in a CSV file", () => {
  test("columns are found by their titles, in any order and with any of the usual delimiters", () => {
    const rows = [["nora@x.example", "Nora Falk"], ["eva@x.example", "Eva Roth"]];
    expect(shown("\uFEFFLast name,Email,First name\r\nFalk,nora@x.example,Nora\r\nRoth,eva@x.example,Eva\r\n")).toEqual(rows);
    expect(shown('E-Mail;Name;Role\nnora@x.example;Nora Falk;Observer\n"eva@x.example";"Roth, Eva";')).toEqual(rows);
    expect(shown("Name\tEmail address\nNora Falk\tnora@x.example\nEva Roth\teva@x.example")).toEqual(rows);
    expect(shown("email\nnora@x.example")).toEqual([["nora@x.example", ""]]);
    expect(parseInvitees("email,phone\nnora@x.example,'+49 30 1234567")[0]).toMatchObject({ phone: "+49 30 1234567" });
  });

  test("a row without an address, or with a wrong telephone number, is faulty", () => {
    expect(shown("email,name,phone\n,Nora,\neva@x.example,Eva,home")).toEqual([["", "Nora", "not an email address"], ["eva@x.example", "Eva", "the phone number isn’t valid"]]);
  });

  test("a file that a list of administrators was downloaded to reads the same people again", () => {
    const cell = fc.stringMatching(/^[\p{L}"',;=+@-]{1,10}$/u).filter((text) => !/^\p{M}/u.test(text));
    const rows = fc.array(fc.tuple(cell, fc.nat()), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(rows, (people) => {
        const emails = people.map(([, number], at) => `p${at}-${number}@x.example`);
        const file = csvRow(["First name", "Email"]) + people.map(([name], at) => csvRow([name, emails[at]])).join("");
        expect(parseInvitees(file)).toMatchObject(people.map(([name], at) => ({ email: emails[at], firstName: name.normalize("NFC") })));
      }),
    );
  });
});

const word = fc.stringMatching(/^[A-Za-zÀ-ÿ\u0400-\u04ff]{2,8}$/).map((text) => text.normalize("NFC"));
const person = fc.record({ local: fc.stringMatching(/^[a-z][a-z0-9._+-]{0,8}[a-z0-9]$/).filter((text) => !/\.\.|[._+-]{2}/.test(text)), first: word, last: word, form: fc.nat(5) });
type Person = { local: string; first: string; last: string; form: number };

const write = ({ local, first, last, form }: Person, at: number) => {
  const email = `${local}${at}@x.example`;
  return [email, `<${email}>`, `${first} ${last} <${email}>`, `"${last}, ${first}" <${email}>`, `${email} (${first} ${last})`, `mailto:${email}`][form] ?? email;
};

test("ADM-8: every address of any list is found in order, whatever form and separator each has", () => {
  const separator = fc.constantFrom("\n", "\r\n", ", ", "; ", ",", ";\n", "، ", "、", "；", "\n\n", " ;, ");
  fc.assert(
    fc.property(fc.array(fc.tuple(person, separator), { minLength: 1, maxLength: 20 }), (list) => {
      const text = list.map(([one, after], at) => write(one, at) + after).join("");
      const found = parseInvitees(text);
      expect(found.map(({ email, fault }) => [email, fault])).toEqual(list.map(([{ local }], at) => [`${local}${at}@x.example`, undefined]));
      const named = list.flatMap(([one], at) => ([2, 3, 4].includes(one.form) ? [{ firstName: found[at]?.firstName, lastName: found[at]?.lastName, one }] : []));
      for (const { one, ...names } of named) expect(names).toEqual({ firstName: one.first, lastName: one.last });
    }),
  );
});

test("ADM-8: whatever is pasted, each entry is a valid address that is listed once or has a fault, and no address is lost", () => {
  const signs = fc.constantFrom("@", "<", ">", '"', ",", ";", "\n", " ", "\t", "(", ")", "a@x.example", "Nora", "\\", "，", "\uFEFF", "\u0000");
  const text = fc.array(fc.oneof({ weight: 4, arbitrary: signs }, fc.string({ unit: "binary", maxLength: 4 })), { maxLength: 60 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (typed) => {
      const found = parseInvitees(typed);
      const valid = found.filter(({ fault }) => !fault).map(({ email }) => email);
      expect(new Set(valid).size).toBe(valid.length);
      for (const email of valid) expect(EmailAddress.parse(email)).toBe(email);
      if (/(^|[\s,;])a@x\.example($|[\s,;])/.test(typed)) expect(found.map((one) => one.typed).join(" ")).toContain("a@x.example");
    }),
    { numRuns: 500 },
  );
});

test("ADM-8: a list is bounded in number, and a file with wrong quotation marks says in which line", () => {
  const refusal = (text: string) => {
    try {
      return readInvitees(text).length;
    } catch (error) {
      return error instanceof AppError ? error.fields?.people : error;
    }
  };
  const many = Array.from({ length: mostInvitees + 1 }, (_, at) => `p${at}@x.example`);
  expect(refusal(many.slice(1).join(" "))).toBe(mostInvitees);
  expect(refusal(many.join("\n"))).toEqual(["Invite at most 100 people at once"]);
  expect(refusal(" \n,; ")).toEqual(["Enter at least one email address"]);
  expect(refusal('email,name\na@x.example,Ada\nb@x.example,"Bo\n')).toEqual([expect.stringMatching(/^Line \d can’t be read/)]);
});
