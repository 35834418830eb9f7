import { afterEach, expect, vi } from "vitest";

const consoleError = vi.spyOn(console, "error");

afterEach(() => {
  const calls = consoleError.mock.calls;
  consoleError.mockClear();
  expect(calls, "console.error was called").toEqual([]);
});
