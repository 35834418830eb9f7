export type Bar = { label: string; count: number; href?: string; current?: boolean };

/** A label of the axis, and the number of bars before it. */
export type Mark = { label: string; after: number };

type HistogramProps = { caption: string; bars: readonly Bar[]; axis?: readonly Mark[]; unit?: string; /** What the bars leave out. */ note?: string };

const height = 56;
const columns =
  "block h-14 w-full overflow-visible [&_rect]:fill-accent [&_rect]:opacity-60 [&_[data-hit]]:opacity-0 [&_a:is(:hover,:focus-visible,[aria-current])_rect:not([data-hit])]:opacity-100 [&_a:focus-visible_[data-hit]]:fill-none [&_a:focus-visible_[data-hit]]:stroke-accent [&_a:focus-visible_[data-hit]]:stroke-2 [&_a:focus-visible_[data-hit]]:opacity-100";

/** The maximum width of a bar, as a share of the chart. */
const widestBar = 1 / 16;

/** A bar chart of counts over time; each bar links to its period, and a table repeats the data. */
export function Histogram({ caption, bars, axis = [], unit = "entries", note }: HistogramProps) {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const share = (count: number) => `${Math.round((count / bars.length) * 10_000) / 100}%`;
  const width = Math.min(0.84, widestBar * bars.length);
  return (
    <figure className="mx-gutter mb-3 in-data-sections:mx-0 in-data-sections:mb-0 rounded-lg border border-line bg-surface px-4 pt-3 pb-2" aria-label={caption}>
      <svg className={columns}>
        {bars.map((bar, at) => (
          <Column key={bar.label} bar={bar} words={`${bar.label}: ${bar.count} ${unit}`} at={at} most={most} share={share} width={width} />
        ))}
      </svg>
      <svg
        className="block h-5 w-full overflow-visible fill-muted pt-1 text-xs tabular-nums [text-anchor:middle] [&>:first-child]:[text-anchor:start] [&>:last-child]:[text-anchor:end]"
        aria-hidden="true"
      >
        {axis.map(({ label, after }) => (
          <text key={after} x={share(after)} y="12">
            {label}
          </text>
        ))}
      </svg>
      {note && <p className="pb-1 text-xs/5 text-muted">{note}</p>}
      <details className="text-xs/5 text-muted [&_:is(td,th)]:pe-4 [&_:is(td,th)]:text-start [&_:is(td,th)]:font-normal">
        <summary>As a table</summary>
        <table>
          <caption className="sr-only">{caption}</caption>
          <tbody>
            {bars.map(({ label, count }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

type ColumnProps = { bar: Bar; words: string; at: number; most: number; share: (count: number) => string; width: number };

function Column({ bar: { count, href, current }, words, at, most, share, width }: ColumnProps) {
  const tall = count === 0 ? 0 : Math.max(2, Math.round((count / most) * 530) / 10);
  const drawing = (
    <>
      <title>{words}</title>
      <rect data-hit="" x={share(at)} width={share(1)} height={height} />
      <rect x={share(at + (1 - width) / 2)} y={height - tall} width={share(width)} height={tall} rx="2" />
    </>
  );
  if (!href) return <g>{drawing}</g>;
  return (
    <a href={href} aria-label={words} aria-current={current ? "true" : undefined}>
      {drawing}
    </a>
  );
}
