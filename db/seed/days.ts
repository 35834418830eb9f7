/** How far back the story of the demo world goes. */
export const storyDays = 183;

const minute = 60_000;
const day = 24 * 60 * minute;

/** A moment so many days before now, at a minute of the day in Central Europe. */
export function daysAgo(now: Date, days: number, minuteOfDay: number): Date {
  const midnight = Math.floor(now.getTime() / day) * day;
  return new Date(midnight - days * day + (minuteOfDay - 60) * minute);
}

export const minutesAgo = (now: Date, minutes: number) => new Date(now.getTime() - minutes * minute);

export const isWeekend = (at: Date) => [0, 6].includes(at.getUTCDay());
