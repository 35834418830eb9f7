import { expect, test } from "vitest";
import { isDatabaseGone } from "@/lib/web/outage";

const errorWithCode = (code: string, cause?: unknown) => Object.assign(new Error("x", { cause }), { code });

test.each(["ECONNREFUSED", "CONNECT_TIMEOUT", "CONNECTION_CLOSED", "57P01", "57P03", "53300"])(
  "REL-3: %s means that the database is unavailable, at any depth of causes",
  (code) => {
    expect(isDatabaseGone(errorWithCode(code))).toBe(true);
    expect(isDatabaseGone(new Error("Failed query", { cause: errorWithCode(code) }))).toBe(true);
    expect(isDatabaseGone(new AggregateError([errorWithCode(code)]))).toBe(true);
  },
);

test("REL-3: other errors do not count as unavailability", () => {
  expect(isDatabaseGone(errorWithCode("23505"))).toBe(false);
  expect(isDatabaseGone("ECONNREFUSED")).toBe(false);
  const loop = new Error("x");
  loop.cause = loop;
  expect(isDatabaseGone(loop)).toBe(false);
});
