export type Shown = "moment" | "second" | "date" | "time";
export type MomentOptions = { zone?: string; hours?: "12" | "24"; shown?: Shown };

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const day = 86_400_000;
const zones = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number | undefined>();

/** How far a zone is from UTC at a moment, in milliseconds. */
function offsetAt(zone: string, at: number): number {
  const known = zones.get(zone);
  const format = known ?? new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  if (!known) zones.set(zone, format);
  const name = format.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours, minutes] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? [];
  return sign === undefined ? 0 : (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

// Asking Intl for each cell costs more than the rest of a table, and a zone rarely changes its offset within a day.
function offsetOf(zone: string, at: number): number {
  if (zone === "UTC") return 0;
  const start = Math.floor(at / day) * day;
  const key = `${zone}|${start}`;
  if (!offsets.has(key)) {
    if (offsets.size > 20_000) offsets.clear();
    const first = offsetAt(zone, start);
    offsets.set(key, first === offsetAt(zone, start + day) ? first : undefined);
  }
  return offsets.get(key) ?? offsetAt(zone, at);
}

const two = (number: number) => (number < 10 ? `0${number}` : String(number));

function clockText(local: Date, hours: "12" | "24", seconds: boolean): string {
  const hour = local.getUTCHours();
  const rest = `:${two(local.getUTCMinutes())}${seconds ? `:${two(local.getUTCSeconds())}` : ""}`;
  return hours === "24" ? `${two(hour)}${rest}` : `${hour % 12 || 12}${rest} ${hour < 12 ? "am" : "pm"}`;
}

/** A moment as the person writes it: "3 Mar 2026, 14:05", or "3 Mar 2026, 2:05 pm". */
export function momentText(at: Date, { zone = "UTC", hours = "24", shown = "moment" }: MomentOptions = {}): string {
  const local = new Date(at.getTime() + offsetOf(zone, at.getTime()));
  if (shown === "time") return clockText(local, hours, true);
  const date = `${local.getUTCDate()} ${months[local.getUTCMonth()]} ${local.getUTCFullYear()}`;
  return shown === "date" ? date : `${date}, ${clockText(local, hours, shown === "second")}`;
}

/** For the hover: the zone, and before it the moment to the second where less of it is shown. */
export function momentTitle(at: Date, options: MomentOptions = {}): string {
  const { zone = "UTC", shown } = options;
  return shown === "second" ? zone : `${momentText(at, { ...options, shown: "second" })} (${zone})`;
}
