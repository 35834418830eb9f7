import { formatDateTime } from "@/lib/shared/format-date-time";
import { formatRangeBound } from "@/lib/audit/rules";
import type { Times } from "./entry-row";

/** Histogram data: bars with the time range of their entries, and labels for the axis. */
export type Activity = {
  bars: { label: string; count: number; from: string; to: string }[];
  axis: { label: string; after: number }[];
};

const hour = 3_600_000;

export function activityOf(bounds: readonly Date[], counts: readonly number[], times: Times): Activity {
  const { zone } = times;
  const starts = bounds.slice(0, -1);
  const length = (bounds.at(-1)?.getTime() ?? 0) - (bounds[0]?.getTime() ?? 0);
  const labels = distinct(starts.map((at) => formatDateTime(at, times)));
  const bars = counts.map((count, index) => {
    const [from = new Date(0), to = from] = bounds.slice(index, index + 2);
    return { label: labels[index] ?? "", count, from: formatRangeBound(from, zone, "earlier"), to: formatRangeBound(to, zone, "later") };
  });
  const mark = (at: Date) => {
    const [date = "", time = ""] = formatDateTime(at, times).split(", ");
    return length <= 36 * hour ? time : date;
  };
  const positions = starts.length < 4 ? [0, starts.length] : [0, Math.round(starts.length / 2), starts.length];
  return { bars, axis: positions.map((after) => ({ label: mark(bounds[after] ?? new Date(0)), after })) };
}

// A repeated hour (daylight saving time) has the same label twice.
const distinct = (labels: readonly string[]) =>
  labels.map((label, index) => (labels.indexOf(label) < index ? `${label} (again)` : label));
