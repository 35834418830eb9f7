import fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { joinCells, splitCells, typedCells } from "@/lib/shared/settings/row-text";
import { choiceCell, numberCell, type Row, rowsField } from "@/lib/shared/settings/rows";
import { singleLine } from "@/lib/shared/text-schemas";

const port = numberCell({ key: "port", label: "Port", min: 1, max: 10 });
const kind = choiceCell({ key: "kind", label: "Kind", options: [{ value: "ping", label: "Ping" }, { value: "tcp", label: "TCP" }] });
const host = { key: "host", label: "Host", kind: "text", schema: singleLine(20) } as const;
const field = rowsField({
  label: "Hosts",
  add: "Add Host",
  max: 3,
  row: z.object({}),
  columns: [host, port, kind],
  check: (row) => (row.kind === "tcp" && row.port === undefined ? "Port: enter a port" : undefined),
})("hosts");

const firstError = (text: string) => field.form.safeParse(text).error?.issues[0]?.message;

test("cells of a line come back as they were typed, whatever was typed into them", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", " ", ":", ".", "é"), maxLength: 6 });
  const last = fc.string({ unit: fc.constantFrom("a", " ", ","), maxLength: 6 });
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 4 }), last, (first, end) => {
      const cells = [...first, end];
      const shown = cells.slice(0, cells.findLastIndex((one) => one.trim() !== "") + 1);
      expect(typedCells(joinCells(cells), cells.length)).toEqual([...shown, ...cells.slice(shown.length).map(() => "")]);
    }),
  );
});

test("cells are split at commas, without the spaces around them, and the last one keeps its commas", () => {
  expect(splitCells(" a , b,c , d ", 3)).toEqual(["a", "b", "c , d"]);
  expect(splitCells("a", 3)).toEqual(["a", "", ""]);
});

test.each([
  ["a, 11", "Line 1: Port: enter a number from 1 to 10"],
  ["a\n\nb, x", "Line 3: Port: enter a number from 1 to 10"],
  [", 1", "Line 1: Host: Fill in this field"],
  ["a, 1, udp", "Line 1: Kind: enter ping or tcp"],
  ["a\nb\na, 3", "Line 3: a is listed twice"],
  ["a, , tcp", "Line 1: Port: enter a port"],
  ["a\nb\nc\nd", "Enter at most 3"],
])("X-4: %j is refused with its line: %s", (text, message) => {
  expect(firstError(text)).toBe(message);
});

test("rows keep their order, empty cells leave their key out, and keys without a column stay with their row", () => {
  const document = { hosts: [{ host: "a", port: 1, kind: "ping", retry: 4 }, { host: "b", kind: "tcp", port: 2 }] };
  expect(field.toForm(document)).toBe("a, 1, ping\nb, 2, tcp");
  const rows = field.form.parse("c, , \nb, ２, TCP\na");
  expect(field.toDocument(rows, { values: {}, document })).toEqual({
    hosts: [{ host: "c", kind: "ping" }, { host: "b", port: 2, kind: "tcp" }, { host: "a", kind: "ping", retry: 4 }],
  });
  expect(field.toDocument([] as Row[], { values: {}, document })).toEqual({ hosts: undefined });
});
