import { formatDateTime } from "@/lib/shared/format-date-time";
import { inputLimits, type Period, type PeriodName, periodLabels } from "@/lib/audit/rules";
import { toDateInputValue, toDateTimeInputValue } from "@/lib/shared/time-zone";
import type { Times } from "./entry-row";

const links: readonly PeriodName[] = ["60m", "24h", "7d", "today", "yesterday", "week"];

/** Options of the time period menu in the person's time zone. */
export type PeriodOptions = ReturnType<typeof periodOptions>;

export function periodOptions(choice: PeriodName, period: Period, now: Date, times: Times) {
  const { zone } = times;
  return {
    choice,
    value: valueOf(choice, period, times),
    links: links.map((value) => ({ value, label: periodLabels[value] })),
    labels: { date: periodLabels.date, range: periodLabels.range },
    bounds: inputLimits(now, zone),
    date: toDateInputValue(period.from, zone),
    from: toDateTimeInputValue(period.from, zone),
    to: toDateTimeInputValue(period.to, zone),
  };
}

function valueOf(choice: PeriodName, { from, to }: Period, times: Times): string {
  if (choice === "date") return formatDateTime(from, { ...times, shown: "date" });
  if (choice !== "range") return periodLabels[choice];
  const [start, end] = [formatDateTime(from, times), formatDateTime(to, times)];
  const [[day = ""], [last = "", time = ""]] = [start.split(", "), end.split(", ")];
  return `${start} to ${day === last ? time : end}`;
}
