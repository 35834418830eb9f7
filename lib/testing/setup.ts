import { afterEach, expect, vi } from "vitest";

const complaints = vi.spyOn(console, "error");

afterEach(() => {
  const calls = complaints.mock.calls;
  complaints.mockClear();
  expect(calls, "console.error was called").toEqual([]);
});
