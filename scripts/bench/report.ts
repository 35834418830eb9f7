import type { Figures, Measured } from "./measure.ts";
import { emptyName, formName, layoutName, longestNavigation, referenceName, type Target } from "./targets.ts";
import type { Weight } from "./weight.ts";

/** The results of a run. */
export type Result = {
  targets: readonly Target[];
  figures: Map<string, Measured>;
  weights: Map<string, Weight>;
  memory: Record<Target["server"], number>;
  coldStart: Record<Target["server"], number>;
  output: number;
};

/** One performance target: the measured value and its limit. */
export type Check = { name: string; value: number; limit: number; unit: string; met: boolean };

const kilobytes = (bytes: number | undefined) => (bytes === undefined ? "" : (bytes / 1_000).toFixed(1));
const times = (ratio: number) => (Number.isFinite(ratio) ? `${ratio.toFixed(2)} ×` : "");
const number = (value: number) => (Number.isFinite(value) ? value.toFixed(value < 100 ? 1 : 0) : "");

function line(cells: string[], widths: number[]): string {
  return cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  ").trimEnd();
}

function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  return [line(head, widths), line(widths.map((width) => "─".repeat(width)), widths), ...rows.map((row) => line(row, widths))].join("\n");
}

/** A table of all figures with their ratio to the reference app in the same run. */
export function figuresTable({ targets, figures, weights }: Result): string {
  const base = figures.get(referenceName);
  const head = ["page", "1: rps", "p50 ms", "p99", "ref", "16: rps", "p50 ms", "p99", "ref", "CPU ms", "ref", "HTML kB", "script", "CSS"];
  const rows = targets.flatMap(({ name }) => {
    const measured = figures.get(name);
    if (!measured || !base) return [];
    const { one, sixteen } = measured;
    const weight = weights.get(name);
    return [
      [
        name,
        ...[one.perSecond, one.p50, one.p99].map(number),
        times(one.p50 / base.one.p50),
        ...[sixteen.perSecond, sixteen.p50, sixteen.p99].map(number),
        times(sixteen.perSecond / base.sixteen.perSecond),
        number(sixteen.processor),
        times(sixteen.processor / base.sixteen.processor),
        kilobytes(weight?.html),
        kilobytes(weight?.script),
        kilobytes(weight?.style),
      ],
    ];
  });
  return table(head, rows);
}

const atMost = (name: string, value: number, limit: number, unit = " ×"): Check => ({ name, value, limit, unit, met: value <= limit });
const atLeast = (name: string, value: number, limit: number, unit = " ×"): Check => ({ ...atMost(name, value, limit, unit), met: value >= limit });

function speedChecks(name: string, { one, sixteen }: Measured, base: Measured): Check[] {
  return [
    atLeast(`${name}: throughput of 16, to the reference`, sixteen.perSecond / base.sixteen.perSecond, 1),
    atMost(`${name}: p50 of 1, to the reference`, one.p50 / base.one.p50, 0.9),
    atMost(`${name}: processor time, to the reference`, sixteen.processor / base.sixteen.processor, 0.9),
  ];
}

function navigationChecks({ targets, figures }: Result): Check[] {
  return targets.flatMap(({ name, payload }) => {
    const measured = payload && figures.get(name);
    return measured ? [atMost(`${name}: p99 of 1`, measured.one.p99, longestNavigation, " ms")] : [];
  });
}

function growthChecks({ targets, figures }: Result): Check[] {
  const kinds = [...new Set(targets.flatMap(({ kind }) => kind ?? []))];
  return kinds.flatMap((kind) => {
    const same = targets.filter((target) => target.kind === kind);
    const [first, last] = [same[0], same.at(-1)];
    const small = figures.get(first?.name ?? "")?.one;
    const large = figures.get(last?.name ?? "")?.one;
    if (!small || !large || first === last) return [];
    const ratio = (pick: keyof Figures) => large[pick] / small[pick];
    const name = `${kind}, ${first?.size} to ${last?.size}`;
    return [atMost(`${name}: p50`, ratio("p50"), 1.05), atMost(`${name}: p99`, ratio("p99"), 1.25)];
  });
}

function weightChecks(name: string, weights: Map<string, Weight>): Check[] {
  const [weight, empty, frame] = [name, emptyName, layoutName].map((one) => weights.get(one));
  if (!weight || !empty || !frame) return [];
  return [
    atMost(`${name}: script, to an empty page`, weight.script / empty.script, 1.06),
    atMost(`${name}: script`, weight.script / 1_000, 143, " kB"),
    atMost(`${name}: CSS`, weight.style / 1_000, 10, " kB"),
    atMost(`${name}: HTML without the layout`, (weight.html - frame.html) / 1_000, 5.5, " kB"),
  ];
}

function formCheck(weights: Map<string, Weight>): Check {
  const [form = Number.NaN, empty] = [formName, emptyName].map((name) => weights.get(name)?.script);
  return atMost(`${formName}: script, to an empty page`, form / (empty ?? Number.NaN), 1.3);
}

/** The performance targets that this run can check. */
export function checkTargets(result: Result): Check[] {
  const { targets, figures, weights, memory, coldStart, output } = result;
  const base = figures.get(referenceName);
  const lists = targets.filter(({ kind }) => kind);
  return [
    ...lists.flatMap(({ name }) => {
      const measured = figures.get(name);
      return measured && base ? speedChecks(name, measured, base) : [];
    }),
    ...growthChecks(result),
    ...navigationChecks(result),
    ...lists.filter(({ size }) => size === lists[0]?.size).flatMap(({ name }) => weightChecks(name, weights)),
    formCheck(weights),
    atMost("cold start to the first 200, to the reference", coldStart.portal / coldStart.reference, 1.3),
    atMost("memory after the load, to the reference", memory.portal / memory.reference, 1.3),
    atMost("standalone output", output, 80, " MB"),
  ].filter(({ value }) => Number.isFinite(value));
}

/** Lists the missed targets and how many were met. */
export function formatChecks(checks: readonly Check[]): string {
  const missed = checks.filter(({ met }) => !met);
  const lines = missed.map(({ name, value, limit, unit }) => `  ${name}: ${value.toFixed(2)}${unit}, target ${limit}${unit}`);
  return [`Targets met: ${checks.length - missed.length} of ${checks.length}`, ...(missed.length > 0 ? ["Missed:", ...lines] : [])].join("\n");
}
