import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

type Theme = "light" | "dark";

function token(name: string, theme: Theme): [number, number, number] {
  const both = new RegExp(`--color-${name}: light-dark\\(oklch\\(([^)]+)\\), oklch\\(([^)]+)\\)\\);`).exec(css);
  const [l = Number.NaN, c = Number.NaN, h = Number.NaN] = (both?.[theme === "light" ? 1 : 2] ?? "").split(" ").map(Number);
  return [l, c, h];
}

function linearOf([lightness, chroma, hue]: [number, number, number]): number[] {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((channel) => Math.min(1, Math.max(0, channel)));
}

function luminance(name: string, theme: Theme): number {
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN] = linearOf(token(name, theme));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string, theme: Theme): number {
  const [dark = 0, light = 0] = [luminance(one, theme), luminance(other, theme)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ["bg", "surface", "sunken"];
const on = (text: string, ...backgrounds: string[]) => backgrounds.map((ground): [string, string] => [text, ground]);

const words = [
  ...on("body", ...grounds, "warn-soft", "bad-soft", "accent-soft"),
  ...["soft", "muted"].flatMap((text) => on(text, ...grounds)),
  ...on("accent", ...grounds, "accent-soft", "warn-soft", "bad-soft"),
  ...["ok", "warn", "bad"].flatMap((meaning) => on(meaning, "surface", `${meaning}-soft`)),
  ...on("on-ink", "ink"),
  ...on("surface", "bad"),
];
const shapes = [...on("control", ...grounds), ...on("accent", ...grounds), ...on("bad", ...grounds), ...on("ink", "surface")];

describe.each(["light", "dark"] as const)("colours, %s", (theme) => {
  it.each(words)("text %s on %s is at least 4.5 to 1", (text, ground) => {
    expect(contrast(text, ground, theme)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(shapes)("control or focus ring %s on %s is at least 3 to 1", (shape, ground) => {
    expect(contrast(shape, ground, theme)).toBeGreaterThanOrEqual(3);
  });
});
