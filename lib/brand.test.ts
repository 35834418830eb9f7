import { expect, test } from "vitest";
import { brand, otherInstanceUrl } from "@/lib/brand";

const global = { ...brand(), region: "global" as const };

test("ACC-1: a region that another installation serves returns its URL, every other region returns null", () => {
  const shared = { ...global, instanceUrls: { europe: "https://eu.example.net", global: "https://portal.example.net" } };
  expect(otherInstanceUrl("europe", shared)).toBe("https://eu.example.net");
  expect(otherInstanceUrl("global", shared)).toBeNull();
  expect(otherInstanceUrl("europe", { ...global, instanceUrls: {} })).toBeNull();
});
