import { expect, test } from "vitest";
import { asError } from "@/db/queue";
import { isDatabaseUnavailable } from "@/lib/web/database-unavailable";

const errorWithCode = (code: string, cause?: unknown) => Object.assign(new Error("x", { cause }), { code });

test.each(["ECONNREFUSED", "CONNECT_TIMEOUT", "CONNECTION_CLOSED", "57P01", "57P03", "53300"])(
  "REL-3: %s means that the database is unavailable, at any depth of causes",
  (code) => {
    expect(isDatabaseUnavailable(errorWithCode(code))).toBe(true);
    expect(isDatabaseUnavailable(new Error("Failed query", { cause: errorWithCode(code) }))).toBe(true);
    expect(isDatabaseUnavailable(new AggregateError([errorWithCode(code)]))).toBe(true);
  },
);

test("REL-3: other errors do not count as unavailability", () => {
  expect(isDatabaseUnavailable(errorWithCode("23505"))).toBe(false);
  expect(isDatabaseUnavailable("ECONNREFUSED")).toBe(false);
  const loop = new Error("x");
  loop.cause = loop;
  expect(isDatabaseUnavailable(loop)).toBe(false);
});

test("REL-3: what the queue reports of a lost connection counts, with a code or without", () => {
  for (const error of [errorWithCode("ECONNREFUSED"), new Error("Connection terminated unexpectedly")]) {
    expect(isDatabaseUnavailable(asError({ ...error, message: error.message, queue: "account.sign_up" }))).toBe(true);
  }
  expect(isDatabaseUnavailable(asError({ message: "Queue not found", queue: "account.sign_up" }))).toBe(false);
});
