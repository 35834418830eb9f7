// Generates components/ui/icons.ts from lucide: one path per icon, because lucide's components run in the browser.
import { writeFileSync } from "node:fs";

const names = `
activity arrow-down arrow-left arrow-up badge-check bell book-open building calendar chart-column check chevron-down
chevron-left chevron-right chevrons-up-down circle-alert:circle-exclamation-point circle-check circle-help:circle-question-mark circle-x clock
columns:columns-3 copy door-open:door-open download external-link eye eye-off file-text fingerprint:fingerprint-pattern
ellipsis gauge globe history:rotate-ccw-clock house inbox about:info key:key-round laptop layers lightbulb list list-filter lock log-out mail map-pin
maximize menu minimize minus monitor moon network pencil plus radio-tower router save scroll-text search settings:settings-2 shield
shield-check smartphone sun tags ticket trash triangle-alert:triangle-exclamation-point unlock:lock-open upload user user-plus users
webhook wifi x`;

const number = (value) => Number(value);
const round = (value) => String(Math.round(value * 100) / 100);

function ellipse(cx, cy, rx, ry) {
  return `M${round(cx - rx)} ${round(cy)}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0`;
}

function rectangle({ x = 0, y = 0, width, height, rx = 0 }) {
  const [w, h, r] = [number(width) - 2 * number(rx), number(height) - 2 * number(rx), number(rx)];
  const corner = (dx, dy) => (r === 0 ? "" : `a${r} ${r} 0 0 1 ${dx} ${dy}`);
  return `M${number(x) + r} ${number(y)}h${w}${corner(r, r)}v${h}${corner(-r, r)}h${-w}${corner(-r, -r)}v${-h}${corner(r, -r)}`;
}

// A path that starts with a relative move would start at the end of the previous path when joined.
function withAbsoluteStart(d) {
  const [, x, y, rest] = /^m\s*(-?\d*\.?\d+)[\s,]*(-?\d*\.?\d+)(.*)$/s.exec(d) ?? [];
  if (x === undefined) return d;
  return `M${x} ${y}${/^[\s,]*[-.\d]/.test(rest) ? "l" : ""}${rest.trim()}`;
}

const shapeToPath = {
  path: ({ d }) => withAbsoluteStart(d),
  circle: ({ cx, cy, r }) => ellipse(number(cx), number(cy), number(r), number(r)),
  ellipse: ({ cx, cy, rx, ry }) => ellipse(number(cx), number(cy), number(rx), number(ry)),
  rect: rectangle,
  line: ({ x1, y1, x2, y2 }) => `M${x1} ${y1}L${x2} ${y2}`,
  polyline: ({ points }) => `M${points}`,
  polygon: ({ points }) => `M${points}Z`,
};

const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

const paths = [];
const entries = [];
for (const entry of names.trim().split(/\s+/)) {
  const [name, source = name] = entry.split(":");
  const { __iconData } = await import(`lucide-react/icons/${source}`);
  if (!__iconData) throw new Error(`${source} is an alias; use the original name`);
  const d = __iconData.node.map(([shape, attributes]) => shapeToPath[shape](attributes)).join("");
  paths.push(`export const ${camel(name)} =\n  ${JSON.stringify(d)};`);
  entries.push(name === camel(name) ? `  ${name},` : `  ${JSON.stringify(name)}: ${camel(name)},`);
}

writeFileSync(
  new URL("../components/ui/icons.ts", import.meta.url),
  `// Generated from lucide (ISC licence) by scripts/icons.mjs; single exports keep bundles small.
${paths.join("\n")}\n
export const icons = {\n${entries.join("\n")}\n} as const;\n
export type IconName = keyof typeof icons;\n`,
);
