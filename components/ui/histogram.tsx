import { type Html, html, hrefOf } from "./html";
import { Markup } from "./markup";

export type Bar = { label: string; count: number; href?: string; current?: boolean };

type HistogramProps = { caption: string; bars: readonly Bar[]; axis?: readonly string[]; unit?: string };

const height = 56;
const step = 40;

/** Counts over time as bars, each a link that narrows to it; the same as a table below. */
export function Histogram({ caption, bars, axis = [], unit = "entries" }: HistogramProps) {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const width = Math.max(1, bars.length) * step;
  const drawing = html`
    <svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none">${bars.map((bar, at) => column(bar, at, most, unit))}</svg>
    <div class="axis" aria-hidden="true">${axis.map((mark) => html`<span>${mark}</span>`)}</div>
    <details>
      <summary>As a table</summary>
      <table><caption class="sr-only">${caption}</caption><tbody>${bars.map(line)}</tbody></table>
    </details>`;
  return <Markup as="figure" className="card plot" aria-label={caption} html={drawing} />;
}

const line = ({ label, count }: Bar): Html => html`<tr><th scope="row">${label}</th><td>${count}</td></tr>`;

function column({ label, count, href, current }: Bar, at: number, most: number, unit: string): Html {
  const tall = count === 0 ? 0 : Math.max(2, Math.round((count / most) * 530) / 10);
  const words = `${label}: ${count} ${unit}`;
  const drawing = html`<title>${words}</title><rect class="hit" x="${at * step}" width="${step}" height="${height}"/><rect
    x="${at * step + 3}" y="${height - tall}" width="34" height="${tall}"/>`;
  if (!href) return html`<g>${drawing}</g>`;
  return html`<a href="${hrefOf(href)}" aria-label="${words}"${current ? html` aria-current="true"` : null}>${drawing}</a>`;
}
