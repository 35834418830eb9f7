const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone}|${locale}|${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  if (formats.size < 500) formats.set(key, made);
  return made;
}

export type Shown = "moment" | "second" | "date" | "time";

const shapes: Record<Shown, Intl.DateTimeFormatOptions> = {
  moment: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" },
  second: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" },
  date: { day: "numeric", month: "short", year: "numeric" },
  time: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

export type MomentOptions = { zone?: string; locale?: string; shown?: Shown };

/** A moment as people here write it: "3 Mar 2026, 14:05". */
export function momentText(at: Date, { zone = "UTC", locale = "en-GB", shown = "moment" }: MomentOptions = {}): string {
  return format(zone, locale, shapes[shown]).format(at).replace("Sept", "Sep");
}

/** The same moment to the second with its zone, for the hover. */
export function momentTitle(at: Date, { zone = "UTC", locale = "en-GB" }: MomentOptions = {}): string {
  return `${momentText(at, { zone, locale, shown: "second" })} (${zone})`;
}
