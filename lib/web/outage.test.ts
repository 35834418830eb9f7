import { expect, test } from "vitest";
import { isDatabaseGone } from "@/lib/web/outage";

const coded = (code: string, cause?: unknown) => Object.assign(new Error("x", { cause }), { code });

test.each(["ECONNREFUSED", "CONNECT_TIMEOUT", "CONNECTION_CLOSED", "57P01", "57P03", "53300"])(
  "REL-3: %s means the database is gone, however deep",
  (code) => {
    expect(isDatabaseGone(coded(code))).toBe(true);
    expect(isDatabaseGone(new Error("Failed query", { cause: coded(code) }))).toBe(true);
    expect(isDatabaseGone(new AggregateError([coded(code)]))).toBe(true);
  },
);

test("REL-3: any other error is an error", () => {
  expect(isDatabaseGone(coded("23505"))).toBe(false);
  expect(isDatabaseGone("ECONNREFUSED")).toBe(false);
  const loop = new Error("x");
  loop.cause = loop;
  expect(isDatabaseGone(loop)).toBe(false);
});
