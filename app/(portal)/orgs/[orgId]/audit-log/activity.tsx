import { Histogram } from "@/components/ui/histogram";
import { momentText } from "@/components/ui/moment";
import { formatRangeBound } from "@/lib/audit/rules";
import type { Times } from "./columns";

type Range = { period: "range"; from: string; to: string; date: undefined };

type ActivityProps = {
  bounds: readonly Date[];
  counts: readonly number[];
  times: Times;
  link: (range: Range) => string;
};

const hour = 3_600_000;

/** How busy the period was; each bar leads to the entries it stands for. */
export function Activity({ bounds, counts, times, link }: ActivityProps) {
  const { zone } = times;
  const starts = bounds.slice(0, -1);
  const length = (bounds.at(-1)?.getTime() ?? 0) - (bounds[0]?.getTime() ?? 0);
  const labels = distinct(starts.map((at) => momentText(at, times)));
  const bars = counts.map((count, at) => {
    const [from = new Date(0), to = from] = bounds.slice(at, at + 2);
    const range = { from: formatRangeBound(from, zone, "earlier"), to: formatRangeBound(to, zone, "later") };
    const href = count > 0 && counts.length > 1 ? link({ period: "range", ...range, date: undefined }) : undefined;
    return { label: labels[at] ?? "", count, href };
  });
  const mark = (at: Date) => {
    const [date = "", time = ""] = momentText(at, times).split(", ");
    return length <= 36 * hour ? time : date;
  };
  const places = starts.length < 4 ? [0, starts.length] : [0, Math.round(starts.length / 2), starts.length];
  const axis = places.map((after) => ({ label: mark(bounds[after] ?? new Date(0)), after }));
  return <Histogram caption="Entries over the period" bars={bars} axis={axis} />;
}

// An hour that comes twice has the same name twice.
const distinct = (labels: readonly string[]) =>
  labels.map((label, at) => (labels.indexOf(label) < at ? `${label} (again)` : label));
