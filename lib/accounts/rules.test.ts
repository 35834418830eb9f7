import { expect, test } from "vitest";
import { hourCycleOf } from "@/lib/accounts/rules";

test("ACC-24: a new account gets the 12- or 24-hour clock of its browser's language", () => {
  expect(["de-DE,de;q=0.9", "en-GB", "fr", "ja,en;q=0.5"].map(hourCycleOf)).toEqual(["24", "24", "24", "24"]);
  expect(["en-US,en;q=0.9", "hi", "ar-EG"].map(hourCycleOf)).toEqual(["12", "12", "12"]);
  expect([null, "", "*", "<script>", "x".repeat(5_000)].map(hourCycleOf)).toEqual(["12", "12", "12", "12", "12"]);
});
