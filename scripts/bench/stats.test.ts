import { expect, test } from "vitest";
import { median, percentile, mannWhitneyP } from "./stats.ts";

test("the median is the middle value, or the mean of the two middle values, in any order", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([7])).toBe(7);
  expect(median([])).toBeNaN();
});

test("a percentile is one of the measured values", () => {
  const hundred = Float64Array.from({ length: 100 }, (_, at) => at + 1);
  expect(percentile(hundred, 0.5)).toBe(50);
  expect(percentile(hundred, 0.99)).toBe(99);
  expect(percentile([3], 0.99)).toBe(3);
  expect(percentile([], 0.5)).toBeNaN();
});

test("the Mann-Whitney test tells whether two lists have the same distribution", () => {
  const list = (shift: number) => Array.from({ length: 200 }, (_, at) => (at * 37) % 200 + shift);
  expect(mannWhitneyP(list(0), list(0))).toBeCloseTo(1, 5);
  expect(mannWhitneyP(list(0), list(3))).toBeGreaterThan(0.5);
  expect(mannWhitneyP(list(0), list(12))).toBeCloseTo(0.044, 3);
  expect(mannWhitneyP(list(0), list(100))).toBeLessThan(1e-9);
  expect(mannWhitneyP([1, 2, 3], [4, 5, 6])).toBeCloseTo(0.0495, 3);
});
