export type Bar = { label: string; count: number; href?: string; current?: boolean };

type HistogramProps = { caption: string; bars: readonly Bar[]; axis?: readonly string[]; unit?: string };

const height = 56;

/** Counts over time as bars, each a link that narrows to it; the same as a table below. */
export function Histogram({ caption, bars, axis, unit = "entries" }: HistogramProps) {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return (
    <figure className="card plot" aria-label={caption}>
      <svg viewBox={`0 0 ${Math.max(1, bars.length) * 40} ${height}`} preserveAspectRatio="none">
        {bars.map((bar, at) => (
          <Column key={bar.label} bar={bar} x={at * 40} most={most} unit={unit} />
        ))}
      </svg>
      {axis && (
        <div className="axis" aria-hidden="true">
          {axis.map((mark) => (
            <span key={mark}>{mark}</span>
          ))}
        </div>
      )}
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

function Column({ bar, x, most, unit }: { bar: Bar; x: number; most: number; unit: string }) {
  const tall = bar.count === 0 ? 0 : Math.max(2, Math.round((bar.count / most) * 530) / 10);
  const words = `${bar.label}: ${bar.count} ${unit}`;
  const drawing = (
    <>
      <title>{words}</title>
      <rect className="hit" x={x} y={0} width={40} height={height} />
      <rect x={x + 3} y={height - tall} width={34} height={tall} />
    </>
  );
  if (!bar.href) return <g>{drawing}</g>;
  return (
    <a href={bar.href} aria-label={words} aria-current={bar.current ? "true" : undefined}>
      {drawing}
    </a>
  );
}
