export type Bar = { label: string; count: number; href?: string; current?: boolean };

/** A moment on the axis: how many bars lie before it. */
export type Mark = { label: string; after: number };

type HistogramProps = { caption: string; bars: readonly Bar[]; axis?: readonly Mark[]; unit?: string };

const height = 56;

/** Counts over time as bars, each a link that narrows to it; the same as a table below. */
export function Histogram({ caption, bars, axis = [], unit = "entries" }: HistogramProps) {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const share = (count: number) => `${Math.round((count / bars.length) * 10_000) / 100}%`;
  return (
    <figure className="card plot" aria-label={caption}>
      <svg>
        {bars.map((bar, at) => (
          <Column key={bar.label} bar={bar} words={`${bar.label}: ${bar.count} ${unit}`} at={at} most={most} share={share} />
        ))}
      </svg>
      <svg className="axis" aria-hidden="true">
        {axis.map(({ label, after }) => (
          <text key={after} x={share(after)} y="12">
            {label}
          </text>
        ))}
      </svg>
      <details>
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

type ColumnProps = { bar: Bar; words: string; at: number; most: number; share: (count: number) => string };

function Column({ bar: { count, href, current }, words, at, most, share }: ColumnProps) {
  const tall = count === 0 ? 0 : Math.max(2, Math.round((count / most) * 530) / 10);
  const drawing = (
    <>
      <title>{words}</title>
      <rect className="hit" x={share(at)} width={share(1)} height={height} />
      <rect x={share(at + 0.08)} y={height - tall} width={share(0.84)} height={tall} rx="2" />
    </>
  );
  if (!href) return <g>{drawing}</g>;
  return (
    <a href={href} aria-label={words} aria-current={current ? "true" : undefined}>
      {drawing}
    </a>
  );
}
