import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Histogram } from "./histogram";

const bars = (count: number) => Array.from({ length: count }, (_, at) => ({ label: `Bar ${at}`, count: at }));
const widths = (count: number) =>
  [...renderToStaticMarkup(<Histogram caption="Entries" bars={bars(count)} note="Without the search" />).matchAll(/width="([\d.]+)%" height="[\d.]+" rx/g)].map(([, width]) => Number(width));

test("AUD-10: a few bars are no wider than a sixteenth of the chart, many fill their place", () => {
  expect(Math.max(...widths(1))).toBeLessThanOrEqual(6.25);
  expect(Math.max(...widths(4))).toBeLessThanOrEqual(6.25);
  expect(Math.max(...widths(100))).toBeCloseTo(0.84, 2);
  expect(renderToStaticMarkup(<Histogram caption="Entries" bars={bars(2)} note="Without the search" />)).toContain("Without the search");
});
