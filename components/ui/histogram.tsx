import { type Html, html, hrefOf } from "./html";
import { Markup } from "./markup";

export type Bar = { label: string; count: number; href?: string; current?: boolean };

/** A moment on the axis: how many bars lie before it. */
export type Mark = { label: string; after: number };

type HistogramProps = { caption: string; bars: readonly Bar[]; axis?: readonly Mark[]; unit?: string };

const height = 56;

/** Counts over time as bars, each a link that narrows to it; the same as a table below. */
export function Histogram({ caption, bars, axis = [], unit = "entries" }: HistogramProps) {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const share = (count: number) => `${Math.round((count / bars.length) * 10_000) / 100}%`;
  const drawing = html`
    <svg>${bars.map((bar, at) => column(bar, at, most, unit, share))}</svg>
    <svg class="axis" aria-hidden="true">${axis.map(({ label, after }) => html`<text x="${share(after)}" y="12">${label}</text>`)}</svg>
    <details>
      <summary>As a table</summary>
      <table><caption class="sr-only">${caption}</caption><tbody>${bars.map(line)}</tbody></table>
    </details>`;
  return <Markup as="figure" className="card plot" aria-label={caption} html={drawing} />;
}

const line = ({ label, count }: Bar): Html => html`<tr><th scope="row">${label}</th><td>${count}</td></tr>`;

type Share = (count: number) => string;

function column({ label, count, href, current }: Bar, at: number, most: number, unit: string, share: Share): Html {
  const tall = count === 0 ? 0 : Math.max(2, Math.round((count / most) * 530) / 10);
  const words = `${label}: ${count} ${unit}`;
  const drawing = html`<title>${words}</title><rect class="hit" x="${share(at)}" width="${share(1)}" height="${height}"/><rect
    x="${share(at + 0.08)}" y="${height - tall}" width="${share(0.84)}" height="${tall}" rx="2"/>`;
  if (!href) return html`<g>${drawing}</g>`;
  return html`<a href="${hrefOf(href)}" aria-label="${words}"${current ? html` aria-current="true"` : null}>${drawing}</a>`;
}
