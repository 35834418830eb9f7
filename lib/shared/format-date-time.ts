import "server-only";

export type DateTimeOptions = { zone?: string; hours?: "12" | "24"; shown?: "moment" | "second" | "date" | "time" };

const dateFormat = { day: "numeric", month: "short", year: "numeric" } as const;
const timeFormats = {
  "12": { hourCycle: "h12", hour: "numeric", minute: "2-digit" },
  "24": { hourCycle: "h23", hour: "2-digit", minute: "2-digit" },
} as const;

function createFormatter({ zone, hours, shown }: Required<DateTimeOptions>): Intl.DateTimeFormat {
  const date = shown === "time" ? {} : dateFormat;
  const time = shown === "date" ? {} : timeFormats[hours];
  const seconds = shown === "second" || shown === "time" ? ({ second: "2-digit" } as const) : {};
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...date, ...time, ...seconds });
}

const formatters = new Map<string, Intl.DateTimeFormat>();
const maxFormatters = 500;

// A cache, because creating a formatter costs more than formatting a page of rows.
function formatterFor(options: Required<DateTimeOptions>): Intl.DateTimeFormat {
  const key = `${options.zone} ${options.hours} ${options.shown}`;
  const formatter = formatters.get(key) ?? createFormatter(options);
  if (formatters.size >= maxFormatters) formatters.clear();
  formatters.set(key, formatter);
  return formatter;
}

/** Formats an instant in the person's zone and hour cycle: "3 Mar 2026, 14:05", or "3 Mar 2026, 2:05 pm". */
export const formatDateTime = (at: Date, { zone = "UTC", hours = "24", shown = "moment" }: DateTimeOptions = {}): string =>
  formatterFor({ zone, hours, shown }).format(at).replace("Sept", "Sep");

/** Returns the title of a time: the zone, and before it the time to the second where less of it is shown. */
export function formatDateTimeTitle(at: Date, options: DateTimeOptions = {}): string {
  const { zone = "UTC", shown } = options;
  return shown === "second" ? zone : `${formatDateTime(at, { ...options, shown: "second" })} (${zone})`;
}
