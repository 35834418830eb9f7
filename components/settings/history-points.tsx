import { AppLink } from "@/components/ui/link";
import { buttonClass, buttonRow } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import type { DateTimeOptions } from "@/lib/shared/format-date-time";

type Point = { id: string; at: Date | null; by: string | null; message: string };
type Chosen = { from: string; to: string };
type PointsProps = { points: readonly Point[]; chosen: Chosen; previous?: string; next?: string; path: string; times: DateTimeOptions };

/** The points of the history, two of which are chosen by a form whose state is the address. */
export function HistoryPoints({ points, chosen, previous, next, path, times }: PointsProps) {
  const kept = `from=${chosen.from}&to=${chosen.to}`;
  return (
    <form action={path} method="get" className="grid gap-4">
      {!points.some(({ id }) => id === chosen.from) && <input type="hidden" name="from" value={chosen.from} />}
      {!points.some(({ id }) => id === chosen.to) && <input type="hidden" name="to" value={chosen.to} />}
      <table className="w-full [&_:is(th,td)]:border-t [&_:is(th,td)]:border-line [&_:is(th,td)]:px-2 [&_:is(th,td)]:py-1.5 [&_:is(th,td)]:text-start [&_:is(th,td)]:align-top [&_td]:wrap-anywhere">
        <caption className="sr-only">Points of the history</caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col">Point</th>
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <PointRow key={point.id} point={point} chosen={chosen} times={times} />
          ))}
        </tbody>
      </table>
      <div className={buttonRow}>
        <button className={buttonClass("primary")}>Compare</button>
        {previous && <AppLink className={buttonClass()} href={`${path}?${kept}&before=${previous}`}>Newer</AppLink>}
        {next && <AppLink className={buttonClass()} href={`${path}?${kept}&after=${next}`}>Older</AppLink>}
      </div>
    </form>
  );
}

type PointRowProps = { point: Point; chosen: Chosen; times: DateTimeOptions };

function PointRow({ point: { id, at, by, message }, chosen, times }: PointRowProps) {
  const name = at ? `${message} (${by ?? "someone"})` : "Before the oldest change";
  return (
    <tr>
      {(["from", "to"] as const).map((side) => (
        <td key={side}>
          <input type="radio" name={side} value={id} defaultChecked={chosen[side] === id} aria-label={`${side === "from" ? "From" : "To"}: ${name}`} />
        </td>
      ))}
      <td>
        {at && (
          <>
            <Time at={at} {...times} /> · {by ?? "Someone"}
            <br />
          </>
        )}
        <span className="text-muted">{at ? message : name}</span>
      </td>
    </tr>
  );
}
