/** How many days the demo history goes back. */
export const historyDays = 183;

const minute = 60_000;
const day = 24 * 60 * minute;

/** A time on the day that many days ago, given in minutes after midnight, Central European Time. */
export function daysAgo(now: Date, days: number, minuteOfDay: number): Date {
  const midnight = Math.floor(now.getTime() / day) * day;
  return new Date(midnight - days * day + (minuteOfDay - 60) * minute);
}

export const minutesAgo = (now: Date, minutes: number) => new Date(now.getTime() - minutes * minute);

export const isWeekend = (at: Date) => [0, 6].includes(at.getUTCDay());
